"""Reports that announce recipients and list them, one to a line, each with its reason under it.

qmail, Postfix, Exim, Exchange, Domino, Google, Yahoo, OpenSMTPD, mFILTER and most others.
"""

import re
from collections.abc import Iterator

from mailer.bounces.addressing import addresses, same
from mailer.bounces.findings import Finding
from mailer.bounces.report import Report
from mailer.bounces.wording import folded

# What announces the list; in folded text.
INTROS = (
    *("following address", "following recipient", "following user", "recipient(s)", "recipients:"),
    *("could not be delivered", "couldn't be delivered", "could not deliver", "did not reach"),
    *("not delivered to", "unable to deliver", "not been delivered", "been delivered to"),
    *("addresses had", "failed addresses", "address(es) failed", "failed to these", "failed:"),
    *("list of recipients", "recipients were affected", "failure reasons", "delivery errors"),
    *("failed permanently", "been delayed", "did not receive", "error delivering", "an error:"),
    *("not deliver your message", "deliver your message", "address failed", "deliver the mail"),
    *(
        "undelivered to",
        "undeliverable to",
        "to the following",
        "your message to",
        "addresses failed",
        "attempting to deliver",
    ),
    *("trying to deliver", "returned to you", "could not be sent", "not be reached", "yet been"),
    *("destinataire", "adresses suivantes", "adresse suivante", "pas pu etre", "pas ete remis"),
    *("empfanger", "folgende", "zugestellt", "adresse(n)", "destinatario", "ser entregado"),
    *(
        "m-filter",
        "доставлено",
        "dostarczon",
        "送信",
        "fatal errors",
        "transient",
        "these recipients",
    ),
)
# Before the address there may be bullets and quotation marks.
LEAD = re.compile(r"[\s*>\u2022+\-\"'<\[(]{0,24}")
X400 = re.compile(r"[^@]{0,160}SMTP=")
# After it nothing, or what no sentence would put there.
REST = re.compile(
    r"[\"'>\])]{0,3}(?:\s*$|:|\s*[;,]?\s*on |\s*\.\.\.|\s+\[|\s+\(|<mailto:|\(mailto:|,\s*$|;"
    r"|\s+(?:invalid|unknown|error|[45]\d\d\b)|\s+-|\t|\s*\{|\s{2,})",
    re.IGNORECASE,
)
# <address>: and a reason: nobody else writes that (qmail, Postfix).
STRONG = re.compile(r"[>\])\"']{1,2}:")
MOST_RECIPIENTS = 100


def read(report: Report) -> list[Finding]:
    """The recipients listed, each with the lines up to the next."""
    found: dict[str, Finding] = {}
    for recipient, said in _sections(report):
        key = recipient.lower()
        if key in found:
            found[key] = Finding(found[key].recipient, f"{found[key].said}\n{said}".strip())
        elif len(found) < MOST_RECIPIENTS:
            found[key] = Finding(recipient, said)
    return list(found.values())


def _sections(report: Report) -> Iterator[tuple[str, str]]:
    """Each listed address, and what is written after it."""
    recipient = ""
    said: list[str] = []
    is_announced = False
    senders = report.senders()
    for line in report.text.split("\n"):
        address, rest = _listed(line)
        is_other = bool(address) and not same(address, recipient)
        counts = is_announced or STRONG.match(rest) is not None
        if is_other and counts and (address.lower() not in senders or not recipient):
            if recipient:
                yield recipient, "\n".join(said)
            recipient, said = address, [rest.lstrip("\"'>])")]
        elif recipient:
            said.append(line)
        is_announced = is_announced or _announces(line)
    if recipient:
        yield recipient, "\n".join(said)


def _listed(line: str) -> tuple[str, str]:
    """The address that the line begins with, and the rest of it."""
    for address, start, end in addresses(line):
        lead = line[:start]
        if LEAD.fullmatch(lead) or X400.match(line[:end]):
            rest = line[end:]
            return (address, rest) if REST.match(rest) else ("", "")
        break
    return "", ""


def _announces(line: str) -> bool:
    small = folded(line)
    return any(intro in small for intro in INTROS)
