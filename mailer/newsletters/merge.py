"""A letter for many: its constant parts are encoded once, only the fields for each person."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from mailer.newsletters import quoted
from mailer.newsletters.content import Rendered
from mailer.newsletters.fields import MergeField, pieces


@dataclass(frozen=True)
class Slot:
    """Where a field stands, and whether what fills it becomes HTML."""

    field: MergeField
    in_html: bool

    def encoded(self, values: Mapping[str, str]) -> bytes:
        """The value between two soft breaks, so that every line keeps its length."""
        value = self.field.value(values)
        shown = escape(value) if self.in_html else value
        return quoted.SOFT_BREAK + quoted.encode(shown) + quoted.SOFT_BREAK


@dataclass(frozen=True)
class Compiled:
    """A MIME body ready but for its fields; `content_type` is the header that goes with it."""

    content_type: str
    parts: tuple[bytes | Slot, ...]
    slots: frozenset[Slot]
    subject: tuple[str | MergeField, ...]

    @property
    def required(self) -> frozenset[str]:
        """The fields that every person must have a value for, since they have no default."""
        used = {slot.field for slot in self.slots}
        used |= {piece for piece in self.subject if isinstance(piece, MergeField)}
        return frozenset(field.name for field in used if field.default is None)

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The body for one person, in lines of 76 bytes; raises Invalid naming a missing field."""
        made = {slot: slot.encoded(values) for slot in self.slots}
        return b"".join([made[part] if isinstance(part, Slot) else part for part in self.parts])

    def subject_for(self, values: Mapping[str, str]) -> str:
        """The subject for one person."""
        texts = (p if isinstance(p, str) else p.value(values) for p in self.subject)
        return "".join(texts)


def compile_letter(rendered: Rendered) -> Compiled:
    """multipart/alternative, text then HTML; raises Invalid naming a field that is not ours."""
    digest = hashlib.sha256(f"{rendered.text}\0{rendered.html}".encode()).hexdigest()
    # "=_" never occurs in quoted-printable, so no content can close the part (RFC 2045 6.7).
    boundary = f"=_{digest[:32]}"
    parts = (
        _opening(boundary, "plain"),
        *_encoded(rendered.text, in_html=False),
        b"\r\n" + _opening(boundary, "html"),
        *_encoded(rendered.html, in_html=True),
        f"\r\n--{boundary}--\r\n".encode(),
    )
    return Compiled(
        content_type=f'multipart/alternative; boundary="{boundary}"',
        parts=parts,
        slots=frozenset(part for part in parts if isinstance(part, Slot)),
        subject=tuple(pieces(rendered.subject)),
    )


def _opening(boundary: str, kind: str) -> bytes:
    return (
        f"--{boundary}\r\n"
        f"Content-Type: text/{kind}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode()


def _encoded(text: str, *, in_html: bool) -> list[bytes | Slot]:
    found = pieces(text)
    return [quoted.encode(p) if isinstance(p, str) else Slot(p, in_html) for p in found]
