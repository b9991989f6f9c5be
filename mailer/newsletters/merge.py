"""A letter for many: its constant parts are encoded once, only the fields for each person."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple

from mailer.newsletters import quoted
from mailer.newsletters.content import Rendered
from mailer.newsletters.fields import MergeField, pieces

Encoding = Callable[[str], bytes]
# A field before its places are known.
Unplaced = tuple[MergeField, Encoding]


class Slot(NamedTuple):
    """A field, how a value is written, where it stands, and what stands there without a value."""

    field: MergeField
    encode: Encoding
    places: tuple[int, ...]
    default: bytes | None


@dataclass(frozen=True)
class Compiled:
    """A MIME body ready but for its fields; `content_type` is the header that goes with it."""

    content_type: str
    pieces: tuple[bytes, ...]
    slots: tuple[Slot, ...]
    subject: tuple[str | MergeField, ...]

    @property
    def fields(self) -> frozenset[MergeField]:
        """All of the body and of the subject."""
        of_subject = {piece for piece in self.subject if isinstance(piece, MergeField)}
        return frozenset(of_subject.union(slot.field for slot in self.slots))

    @property
    def required(self) -> frozenset[str]:
        """The fields that every person must have a value for, since they have no default."""
        return frozenset(field.name for field in self.fields if field.default is None)

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The body for one person, in lines of 76 bytes; raises Invalid naming a missing field."""
        return b"".join(self.filled(values))

    def filled(self, values: Mapping[str, str]) -> list[bytes]:
        """The same in pieces, which are joined once with what stands before them."""
        body = list(self.pieces)
        for field, encode, places, default in self.slots:
            value = values.get(field.name)
            encoded = encode(value) if value else default or encode(field.value(values))
            for place in places:
                body[place] = encoded
        return body

    def subject_for(self, values: Mapping[str, str]) -> str:
        """The subject for one person."""
        texts = (p if isinstance(p, str) else p.value(values) for p in self.subject)
        return "".join(texts)


def compile_letter(rendered: Rendered) -> Compiled:
    """multipart/alternative, text then HTML; raises Invalid naming a field that is not ours."""
    digest = hashlib.sha256(f"{rendered.text}\0{rendered.html}".encode()).hexdigest()
    # "=_" never occurs in quoted-printable, so no content can close the part (RFC 2045 6.7).
    boundary = f"=_{digest[:32]}"
    body = (
        _opening(boundary, "plain"),
        *_parts(rendered.text, _plain),
        b"\r\n" + _opening(boundary, "html"),
        *_parts(rendered.html, _html),
        f"\r\n--{boundary}--\r\n".encode(),
    )
    return Compiled(
        content_type=f'multipart/alternative; boundary="{boundary}"',
        pieces=tuple(part if isinstance(part, bytes) else b"" for part in body),
        slots=tuple(_slots(body)),
        subject=tuple(pieces(rendered.subject)),
    )


def _opening(boundary: str, kind: str) -> bytes:
    return (
        f"--{boundary}\r\n"
        f"Content-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode()


def _parts(text: str, encode: Encoding) -> list[bytes | Unplaced]:
    return [
        quoted.encode(piece)
        if isinstance(piece, str)
        else (piece, _token if piece.is_token else encode)
        for piece in pieces(text)
    ]


def _slots(body: Sequence[bytes | Unplaced]) -> Iterator[Slot]:
    for unplaced in dict.fromkeys(part for part in body if not isinstance(part, bytes)):
        places = tuple(at for at, part in enumerate(body) if part == unplaced)
        field, encode = unplaced
        default = None if field.default is None else encode(field.default)
        yield Slot(field, encode, places, default)


# Each value stands between two soft breaks, so that every line keeps its length.
# Much of what a person reads is the same for many; the cache holds a thousand, whoever comes.
@lru_cache(maxsize=1000)
def _plain(value: str) -> bytes:
    return quoted.SOFT_BREAK + quoted.encode(" ".join(value.split())) + quoted.SOFT_BREAK


@lru_cache(maxsize=1000)
def _html(value: str) -> bytes:
    return _plain(escape(value))


def _token(value: str) -> bytes:
    """A proof of ours, in letters and digits, of which no two people have the same."""
    return quoted.SOFT_BREAK + quoted.folded(value.encode()) + quoted.SOFT_BREAK
