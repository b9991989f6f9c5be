"""Complaints and the like in the abuse reporting format (RFC 5965), and the older way of Hotmail.

not-spam (RFC 6430) says that somebody took the mail out of the spam folder, auth-failure
(RFC 6591) that our own signature does not hold: no complaint of anybody.
"""

import re

from mailer.bounces import dsn
from mailer.bounces.addressing import addresses, only
from mailer.bounces.mime import Headers, first
from mailer.bounces.report import Report
from mailer.mail.returned import Kind, Reason

FIELD = re.compile(r"^([A-Za-z-]{3,40}):[ \t]*(.*)$", re.MULTILINE)
TYPE = re.compile(r"[a-z-]{2,30}")
MEANING = {
    "not-spam": (Kind.DELIVERED, Reason.DELIVERED),
    "auth-failure": (Kind.BOUNCE, Reason.AUTH_FAILURE),
    "opt-out": (Kind.UNSUBSCRIBED, Reason.FEEDBACK),
    "opt-out-list": (Kind.UNSUBSCRIBED, Reason.FEEDBACK),
}
COMPLAINT = (Kind.COMPLAINT, Reason.FEEDBACK)
# Microsoft's Junk Mail Reporting Program brings back the mail alone, with this field added.
HOTMAIL = "x-hmxmroriginalrecipient"
# Apple Mail's button writes to the address of List-Unsubscribe, and says so here.
APPLE = "x-apple-unsubscribe"
MOST_RECIPIENTS = 100


def read(report: Report) -> tuple[str, list[str]] | None:
    """The type of the feedback and the recipients it names; None when the mail is none."""
    fields = {name.lower(): value.strip() for name, value in _fields(report)}
    if "feedback-type" in fields:
        found = TYPE.match(fields["feedback-type"].lower())
        return (found[0] if found else "other"), _recipients(report)
    if HOTMAIL in report.original:
        return "abuse", [only(first(report.original, HOTMAIL))]
    if APPLE in report.headers:
        return "opt-out", [report.sender]
    return None


def meaning(feedback_type: str) -> tuple[Kind, Reason]:
    """What a report of that type is to us; one that the standard does not know is a complaint."""
    return MEANING.get(feedback_type, COMPLAINT)


def _recipients(report: Report) -> list[str]:
    """Those that the report names, else the one that the mail was sent to."""
    named = [
        dsn.address(value.rpartition(";")[2])
        for name, value in _fields(report)
        if name.lower() in {"original-rcpt-to", "final-recipient", "removal-recipient"}
    ]
    found = [each for each in dict.fromkeys(named) if each][:MOST_RECIPIENTS]
    return found or [_addressee(report.original)]


def _fields(report: Report) -> list[tuple[str, str]]:
    """The fields, also of a report whose parts nothing divides."""
    written = report.feedback or (report.text if report.is_report else "")
    return FIELD.findall(written)


def _addressee(original: Headers) -> str:
    """The only recipient in the header; of several, nobody knows which one complains."""
    to = {address for address, _start, _end in addresses(first(original, "to")[:2000])}
    return to.pop() if len(to) == 1 else ""
