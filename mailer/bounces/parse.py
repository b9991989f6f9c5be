"""From the bytes of a mail to what came back.

mime.split      bytes → parts, within limits
| report.sort   → who reports, in which words, about which mail
| arf           a complaint (RFC 5965)?
| dsn           a delivery status notification (RFC 3464, 6533)?
| shapes        else a report in words
| autoreplies   else the answer of a program (RFC 3834)
| reasons       what was said → why
| Returned      with what ties it to a delivery: return-path, Message-ID
"""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypedDict

from mailer.bounces import arf, autoreplies, dsn, mime, originals, permanence, report
from mailer.bounces.findings import Finding
from mailer.bounces.reasons import deciding, statuses
from mailer.bounces.report import Report
from mailer.bounces.shapes import notifications, reading
from mailer.mail.returned import Kind, Reason, Returned

ACTIONS = {
    "delivered": Kind.DELIVERED,
    "relayed": Kind.DELIVERED,
    "expanded": Kind.DELIVERED,
    "delayed": Kind.DELAYED,
    "complained": Kind.COMPLAINT,
}


class Result(TypedDict):
    """What is said of one recipient, in the words of parsers at large."""

    recipient: str
    permanent: bool | None
    hard: bool
    reason: str
    dsn: str
    feedback_type: str
    kind: str


def read(raw: bytes) -> list[Returned]:
    """What the mail tells of each recipient; a single reply when a person wrote it."""
    told = report.sort(mime.split(raw))
    tied = _tied(told, raw)
    return _complaints(told, tied) or _reported(told, tied) or [_answer(told, tied)]


def parse(raw: bytes) -> list[Result]:
    """The same without replies of people, and with whether the address is dead."""
    return [
        Result(
            recipient=each.recipient,
            permanent=each.is_permanent,
            hard=permanence.is_dead(each),
            reason=each.reason.value,
            dsn=each.status,
            feedback_type=each.feedback_type,
            kind=each.kind.value,
        )
        for each in read(raw)
        if each.kind is not Kind.REPLY
    ]


def _tied(told: Report, raw: bytes) -> Returned:
    """What all that the mail tells has in common."""
    answered = originals.message_id({"message-id": told.headers.get("in-reply-to", [])})
    digest = hashlib.sha256(b"%d\n" % len(raw) + raw[: mime.MOST_BYTES]).hexdigest()
    return Returned(
        Kind.REPLY,
        told.sender,
        return_path=told.return_path(),
        message_id=originals.message_id(told.original) or answered,
        event_id=originals.message_id(told.headers) or digest,
        at=_date(told),
    )


def _complaints(told: Report, tied: Returned) -> list[Returned]:
    feedback = arf.read(told)
    if feedback is None:
        return []
    word, recipients = feedback
    kind, reason = arf.meaning(word)
    return [
        replace(tied, kind=kind, recipient=each, reason=reason, feedback_type=word)
        for each in recipients
    ]


def _reported(told: Report, tied: Returned) -> list[Returned]:
    """What the report says of each recipient, when it is one."""
    found = notifications.read(told) or _notified(told)
    if not found and told.looks_like_one() and not _is_other(told):
        found = reading.read(told)
    return [_judged(each, tied) for each in found]


def _is_other(told: Report) -> bool:
    """Whether it is an answer about something else, which may name addresses too."""
    return autoreplies.is_announced(told) or autoreplies.is_challenge(told)


def _notified(told: Report) -> list[Finding]:
    """The machine-readable part, with what the readable one adds to it."""
    found = dsn.read(told.status, told.written_to())
    if len(found) == 1:
        return [replace(found[0], around=f"{found[0].around} {told.text}")]
    written = {each.recipient.lower(): each.said for each in reading.read(told)} if found else {}
    return [
        replace(each, around=f"{each.around} {written.get(each.recipient.lower(), '')}")
        for each in found
    ]


def _judged(finding: Finding, tied: Returned) -> Returned:
    kind = ACTIONS.get(finding.action, Kind.BOUNCE)
    if kind is Kind.DELIVERED:
        return replace(
            tied,
            kind=kind,
            recipient=finding.recipient,
            reason=Reason.DELIVERED,
            status=finding.status,
        )
    if kind is Kind.COMPLAINT:
        return replace(
            tied,
            kind=kind,
            recipient=finding.recipient,
            reason=Reason.FEEDBACK,
            feedback_type="abuse",
        )
    is_permanent = permanence.is_permanent(finding)
    return replace(
        tied,
        kind=Kind.BOUNCE if kind is Kind.BOUNCE else Kind.DELAYED,
        recipient=finding.recipient,
        reason=deciding.reason_of(finding),
        status=finding.status or statuses.enhanced(finding.said),
        is_permanent=is_permanent,
    )


def _answer(told: Report, tied: Returned) -> Returned:
    """Somebody's answer: of a program, or of a person."""
    reason = autoreplies.read(told)
    return tied if reason is None else replace(tied, kind=Kind.AUTOREPLY, reason=reason)


def _date(told: Report) -> datetime | None:
    try:
        said = parsedate_to_datetime(mime.first(told.headers, "date")[:100])
        return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
