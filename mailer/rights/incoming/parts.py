"""The parts of a mail: its readable text, from plain or HTML parts, and the files it carries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from itertools import islice

from mailer.articles import decoding
from mailer.articles.markup import BIDI, line
from mailer.rights.incoming import markup

LONGEST_TEXT = 20_000
# Read before HTML is taken off, which is most of it.
MOST_BYTES = 400_000
MOST_PARTS = 200
LONGEST_NAME = 120


@dataclass(frozen=True)
class Attachment:
    """A file of the mail: its place among the parts, the name it gives itself, its size."""

    number: int
    name: str
    size: int


def leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, in order; a mail within the mail is one, unopened."""
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        for part in message.get_payload():
            yield from leaves(part)  # type: ignore[arg-type]  # of a multipart, each is a message
    else:
        yield message


def numbered(message: Message) -> list[tuple[int, Message]]:
    """The same, as many as anyone would look at, each with its number."""
    return list(enumerate(islice(leaves(message), MOST_PARTS)))


def readable(message: Message) -> str:
    """Its text: the plain parts; the HTML ones when those say nothing."""
    parts = [part for _number, part in numbered(message) if not _is_file(part)]
    plain = [_decoded(part) for part in parts if part.get_content_type() == "text/plain"]
    said = clean("\n\n".join(plain))
    if said:
        return said
    html = [markup.text(_decoded(p)) for p in parts if p.get_content_type() == "text/html"]
    return clean("\n\n".join(html))


def attachments(message: Message) -> tuple[Attachment, ...]:
    """What the mail carries besides its text."""
    return tuple(
        Attachment(number, _name(part), len(content(part)))
        for number, part in numbered(message)
        if _is_file(part)
    )


def content(part: Message) -> bytes:
    """The bytes of a part, as they were before they were written into the mail."""
    if part.is_multipart():
        return b"".join(each.as_bytes() for each in part.get_payload() if isinstance(each, Message))
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def clean(text: str) -> str:
    """The text without what hides or turns letters, lines ended one way, no more than is read."""
    lines = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text[: 10 * LONGEST_TEXT])
    kept = decoding.CONTROLS.sub("", BIDI.sub("", lines))
    kept = re.sub(r"[ \t\xa0]+\n", "\n", kept)
    return re.sub(r"\n{3,}", "\n\n", kept).strip()[:LONGEST_TEXT]


def field(message: Message, name: str, longest: int) -> str:
    """A header field as text on one line; what cannot be decoded stays as it is."""
    written = raw_field(message, name)[: 10 * longest]
    try:
        pieces = decode_header(written)
    except (HeaderParseError, ValueError):
        pieces = [(written, None)]
    said = "".join(
        each if isinstance(each, str) else _read(each, charset or "") for each, charset in pieces
    )
    return decoding.CONTROLS.sub("", line(said))[:longest].strip()


def raw_field(message: Message, name: str) -> str:
    """The first field of that name as it was written; bytes that should not be there are read."""
    same = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return _read(str(next(same, "")).encode("utf-8", "surrogateescape"), "")


def _is_file(part: Message) -> bool:
    is_text = part.get_content_type() in {"text/plain", "text/html"}
    return not is_text or part.get_content_disposition() == "attachment"


def _name(part: Message) -> str:
    """The name that the file gives itself, without any path."""
    try:
        said = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        said = ""
    last = re.split(r"[/\\]", line(said))[-1]
    return decoding.CONTROLS.sub("", last)[-LONGEST_NAME:] or part.get_content_type()


def _decoded(part: Message) -> str:
    charset = part.get_param("charset", "")
    return _read(content(part)[:MOST_BYTES], charset if isinstance(charset, str) else "")


def _read(raw: bytes, charset: str) -> str:
    """As declared, else UTF-8, else Windows-1252: something can always be read."""
    for encoding in decoding.candidates(b"", f"charset={charset}"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("cp1252", "replace")
