"""A mail in its parts, read lightly: no more bytes, parts or levels than a report has.

The library's parser is built for every mail, and slow on those that are made to be. Here what is
broken is read as far as it goes, and nothing raises.
"""

import binascii
import html
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header

from mailer.articles import decoding

# A report says at its start what it is about; what it brings back comes last.
MOST_BYTES = 192_000
MOST_TEXT = 24_000
MOST_PARTS = 40
MOST_HEADER_BYTES = 64_000
DEEPEST = 8

FOLD = re.compile(rb"\n[ \t]+")
FIELD = re.compile(rb"([!-9;-~]{1,76}):[ \t]*(.*)")
KIND = re.compile(r"[\w.+-]{1,40}/[\w.+-]{1,60}")
BOUNDARY = re.compile(r"""boundary\s?=\s?(?:"([^"]{1,200})"|([^\s;"]{1,200}))""", re.IGNORECASE)
# Where a folded parameter lost its indentation, the parts still show what divides them.
DIVIDER = re.compile(rb"^--([^\n]{1,200})\nContent-", re.MULTILINE | re.IGNORECASE)
CHARSET = re.compile(r"""charset\s?=\s?["']?([\w.:-]{1,40})""", re.IGNORECASE)
BLOCK = re.compile(r"<(?:br|hr|/?(?:p|div|tr|li|td|pre|table|h\d))\b[^<>]*>", re.IGNORECASE)
# Not an address in angle brackets that nobody escaped.
TAG = re.compile(r"<(?![^<>\s\"=]{1,64}@[^<>\s\"=]{1,100}>)[a-z/!][^<>]*>", re.IGNORECASE)
HIDDEN = re.compile(r"<(style|script|head)\b", re.IGNORECASE)

Headers = dict[str, list[str]]


@dataclass(slots=True)
class Part:
    """A part of a mail: its header, and either its content or what it is made of."""

    headers: Headers
    content: bytes = b""
    parts: list["Part"] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The media type in small letters, or text/plain (RFC 2045, 5.2)."""
        found = KIND.match(first(self.headers, "content-type"))
        return found[0].lower() if found else "text/plain"

    def leaves(self) -> Iterator["Part"]:
        """The parts that hold something, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def text(self) -> str:
        """What it says, as it was before it was encoded."""
        declared = first(self.headers, "content-type")
        raw = _decoded(self.content, first(self.headers, "content-transfer-encoding"))
        found = CHARSET.search(declared)
        return readable(raw[:MOST_TEXT], found[1] if found else "")


def split(raw: bytes) -> Part:
    """The mail in its parts; lines end one way, whatever they ended in."""
    content = raw[:MOST_BYTES]
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if content.startswith((b"From ", b">From ")):
        content = content.partition(b"\n")[2]
    return _part(content.lstrip(b"\n"), 0, [MOST_PARTS])


def _part(content: bytes, depth: int, left: list[int]) -> Part:
    """One part with those in it; `left` counts down how many more are read."""
    left[0] -= 1
    head, body = _divided(content)
    part = Part(headers(head), body)
    if depth < DEEPEST and part.kind.startswith("multipart/"):
        boundary = _boundary(first(part.headers, "content-type"), body)
        for each in _between(body, boundary) if boundary else ():
            if left[0] <= 0:
                break
            part.parts.append(_part(each, depth + 1, left))
    return part


def _divided(content: bytes) -> tuple[bytes, bytes]:
    """Header and body; a part may begin with the empty line that ends no header."""
    if content.startswith(b"\n"):
        return b"", content[1:]
    head, _, body = content.partition(b"\n\n")
    return head, body


def headers(head: bytes) -> Headers:
    """The fields by name in small letters, each unfolded."""
    found: Headers = {}
    for line in FOLD.sub(b" ", head[:MOST_HEADER_BYTES]).split(b"\n"):
        if match := FIELD.match(line):
            name = match[1].decode("ascii").lower()
            found.setdefault(name, []).append(readable(match[2], "").strip())
    return found


def first(found: Headers, name: str) -> str:
    """The first field of that name, or nothing."""
    values = found.get(name)
    return values[0] if values else ""


def words(value: str) -> str:
    """A header field with its encoded words decoded (RFC 2047), as far as they can be."""
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value[:2000])
    except (HeaderParseError, ValueError):
        return value
    return "".join(
        each if isinstance(each, str) else readable(each, charset or "") for each, charset in pieces
    )


def readable(raw: bytes, charset: str) -> str:
    """As declared, else as UTF-8, else as Windows-1252: something can always be read."""
    # No database takes it (PostgreSQL), and no mail may hold it (RFC 5322, 4.1).
    raw = raw.replace(b"\0", b"")
    if raw.isascii() and b"\x1b" not in raw:
        return raw.decode("ascii")
    for encoding in decoding.candidates(b"", f"charset={charset}"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


def without_markup(text: str) -> str:
    """The text of an HTML part, a line for each of its blocks."""
    shown = "".join(_shown(text))
    return html.unescape(TAG.sub("", BLOCK.sub("\n", shown))).replace("\xa0", " ")


def _shown(text: str) -> Iterator[str]:
    """The text without styles and scripts."""
    start, small = 0, text.lower()
    while found := HIDDEN.search(text, start):
        yield text[start : found.start()]
        end = small.find(f"</{found[1].lower()}", found.end())
        if end < 0:
            return
        start = end
    yield text[start:]


def _boundary(declared: str, body: bytes) -> bytes:
    if found := BOUNDARY.search(declared):
        return (found[1] or found[2]).encode("utf-8", "replace")
    seen = DIVIDER.search(body)
    return seen[1].strip() if seen else b""


def _between(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the boundaries (RFC 2046, 5.1.1), the preamble and the rest left out."""
    mark = b"--" + boundary
    pieces = (b"\n" + body).split(b"\n" + mark)
    for piece in pieces[1 : MOST_PARTS + 1]:
        if piece.startswith(b"--"):
            return
        yield piece.partition(b"\n")[2]


def _decoded(content: bytes, encoding: str) -> bytes:
    kept = content[: 4 * MOST_TEXT]
    match encoding.strip().lower():
        case "quoted-printable":
            return quopri.decodestring(kept)
        case "base64":
            return _from_base64(kept)
    return kept


def _from_base64(content: bytes) -> bytes:
    """What can be read of it: cut where a group of four is complete."""
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", content)
    try:
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
    except binascii.Error:
        return content
