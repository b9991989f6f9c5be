"""Reports that show the dialogue (RFC 5321): sendmail, and Postfix to its postmaster."""

import re
from collections.abc import Iterator

from mailer.bounces.addressing import only, same
from mailer.bounces.findings import Finding
from mailer.bounces.report import Report

# 550 5.1.1 <somebody@example.org>... User unknown
REPLY = re.compile(r"\s{0,8}([45]\d\d)[ -](?:[45]\.\d{1,3}\.\d{1,3} )?<?([^\s<>]{1,320})>?\.\.\. ")
SAID = re.compile(r"\s{0,4}(?:>>>|In: |<<<|Out:)")
RECIPIENT = re.compile(r"\s{0,4}(?:>>>|In: )\s*RCPT TO:\s*<([^<>\s]{1,320})>", re.IGNORECASE)
REFUSED = re.compile(r"\s{0,4}(?:<<<|Out:)\s*[45]\d\d")
MOST_RECIPIENTS = 100


def read(report: Report) -> list[Finding]:
    """The recipients that a reply of the dialogue names, else those named before a refusal."""
    lines = report.text.split("\n")
    found = list(_answered(lines)) or list(_refused(lines))
    unique = {each.recipient.lower(): each for each in reversed(found)}
    return list(reversed(unique.values()))[:MOST_RECIPIENTS]


def _answered(lines: list[str]) -> Iterator[Finding]:
    """A line of sendmail's own for each, with the dialogue that led to it."""
    dialogue: list[str] = []
    for line in lines:
        match = REPLY.match(line)
        if match and (recipient := only(match[2])):
            yield Finding(recipient, "\n".join([*dialogue, line]))
            dialogue = []
        else:
            dialogue.append(line)


def _refused(lines: list[str]) -> Iterator[Finding]:
    """The recipients of a dialogue in which something was refused."""
    if not any(REFUSED.match(line) for line in lines):
        return
    said = "\n".join(line for line in lines if SAID.match(line))
    recipients: list[str] = []
    for line in lines:
        match = RECIPIENT.match(line)
        address = only(match[1]) if match else ""
        if address and not any(same(address, each) for each in recipients):
            recipients.append(address)
            yield Finding(address, said)
