"""When a report names nobody in a way that is known: the one recipient that there can be."""

import re

from mailer.addresses import domain_of
from mailer.bounces.addressing import addresses, is_daemon, only
from mailer.bounces.findings import Finding
from mailer.bounces.mime import first
from mailer.bounces.report import Report
from mailer.bounces.wording import folded

# The envelope of the mail that came back, in the trace that the last server left (RFC 5321, 4.4).
TRACE = re.compile(r"\bfor <?([^\s<>;]{3,320}@[^\s<>;]{1,255})>?")
# Whom to ask for help is no recipient.
HELP = ("contact", "support", "help", "questions", "write to", "mail to", "information", "abuse")
NEAR = 60


def read(report: Report) -> list[Finding]:
    """The only stranger in the report; else the recipient of the mail that came back."""
    strangers = _strangers(report)
    if len(strangers) == 1:
        return [Finding(strangers.pop(), report.text)]
    recipient = _written_to(report)
    return [Finding(recipient, report.text)] if recipient else []


def _strangers(report: Report) -> set[str]:
    """Who is named that neither sent anything nor offers help."""
    named = set()
    known = set(report.senders())
    for address, start, _end in addresses(report.text):
        named.add(address.lower())
        before = folded(report.text[max(0, start - NEAR) : start])
        if is_daemon(address) or any(word in before for word in HELP):
            known.add(address.lower())
    return named - known


def _written_to(report: Report) -> str:
    """The only recipient in the header of the original; a list is none, its address is at home."""
    for name in ("x-envelope-to", "envelope-to", "x-original-to"):
        if found := only(first(report.original, name)):
            return found
    home = {domain_of(each) for each in report.senders()}
    to = {address.lower() for address, _s, _e in addresses(first(report.original, "to")[:1000])}
    if len(to) == 1 and domain_of(only(first(report.original, "to"))) not in home:
        return only(first(report.original, "to"))
    traced = (TRACE.search(each[:1000]) for each in report.original.get("received", []))
    return next((only(found[1]) for found in traced if found), "")
