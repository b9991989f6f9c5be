"""A returned mail that tells nothing of ours: whose it is, and whether anybody is to read it."""

from collections.abc import Collection
from dataclasses import dataclass

from mailer.bounces import intent, mime, originals, report
from mailer.bounces.mime import Headers, first
from mailer.bounces.quarantine import Sort
from mailer.bounces.report import Report
from mailer.mail import quoting

LONGEST_TEXT = 20_000
LONGEST_SUBJECT = 300
# Mails for many: passed on, they would come back for ever (RFC 3834, 2).
BULK = frozenset({"bulk", "list", "junk"})
LISTS = ("list-id", "list-unsubscribe", "list-post")


@dataclass(frozen=True)
class Answer:
    """`sender` is whom an answer would go to; it proves nothing, for anyone can write it there."""

    sort: Sort
    sender: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    message_id: str = ""
    asks_to_stop: bool = False


def read(content: bytes, own: Collection[str]) -> Answer:
    """The mail as somebody would read it; `own` are our own addresses, normalised."""
    told = report.sort(mime.split(content))
    said = quoting.split(told.text[:LONGEST_TEXT])
    sort = _sort(told, own)
    return Answer(
        sort,
        sender=told.sender,
        subject=told.subject[:LONGEST_SUBJECT],
        text=said.own,
        quoted=said.quoted,
        message_id=originals.message_id(told.headers),
        asks_to_stop=sort is Sort.ANSWER and intent.asks_to_stop(content),
    )


def _sort(told: Report, own: Collection[str]) -> Sort:
    if is_of_a_program(told.headers) or told.sender.lower() in own:
        return Sort.PROGRAM
    if not told.sender or told.looks_like_one():
        return Sort.UNCLEAR
    return Sort.ANSWER


def is_of_a_program(headers: Headers) -> bool:
    """Whether nobody wrote it to us alone, so that passing it on might never end."""
    submitted = first(headers, "auto-submitted").lower()
    if submitted and not submitted.startswith("no"):
        return True
    if first(headers, "precedence").strip().lower() in BULK:
        return True
    # Whoever writes from nowhere wants no answer (RFC 5321, 4.5.5).
    is_from_nowhere = first(headers, "return-path").strip() == "<>"
    return is_from_nowhere or any(name in headers for name in LISTS)
