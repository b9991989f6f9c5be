"""Merge fields: `{{prenom|cher lecteur}}` as typed, a mark of letters and digits while it is drawn.

Nothing between the editor and the mail (Markdown, escaping, premailer, line wrapping) changes a
word of letters and digits, in a text or in an address.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from html import escape

from babel.dates import format_date

from mailer.clock import as_said
from mailer.errors import Invalid
from mailer.newsletters.content import Rendered

PERSONAL = frozenset({"prenom"})
# Addresses that each mail has of its own.
ADDRESSES = frozenset({"manage_url", "unsubscribe_url", "web_url", "why_url"})
# What the program itself knows of everyone: no default is needed.
GIVEN = ADDRESSES | {"joined_on"}
KNOWN = PERSONAL | GIVEN
# What ends the addresses of one mail; nobody can type them.
TOKENS = frozenset({"leave", "measure"})
TYPED = re.compile(r"\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}")
OPENING = "zqfield"
MARK = re.compile(OPENING + r"((?:[0-9a-f]{2})+)qz")


@dataclass(frozen=True)
class MergeField:
    """A value that differs from person to person, and what stands for it where there is none."""

    name: str
    default: str | None

    def value(self, values: Mapping[str, str]) -> str:
        """The person's value on one line, else the default; raises Invalid naming the field."""
        found = values.get(self.name) or self.default
        if found is None:
            raise Invalid(f"merge field {self.name} has no value and no default")
        return " ".join(found.split())

    @property
    def is_token(self) -> bool:
        """Whether the value is a proof of ours: nothing in it needs to be escaped."""
        return self.name in TOKENS

    def mark(self) -> str:
        typed = self.name if self.default is None else f"{self.name}|{self.default}"
        return f"{OPENING}{typed.encode().hex()}qz"


def mark(text: str) -> str:
    """The text with each field of the allow-list as its mark; any other stays as it was typed."""
    # A mark that came with the text was never typed by an editor: a feed may try it. It is broken
    # rather than removed, since what is left around a removed one could join to another.
    return TYPED.sub(_mark_of, text.replace(OPENING, f"{OPENING[:2]} {OPENING[2:]}"))


def unknown(text: str) -> list[str]:
    """The names between braces that are no field of ours."""
    return [typed[1] for typed in TYPED.finditer(text) if typed[1] not in KNOWN]


def without_default(text: str) -> list[str]:
    """The names of fields that somebody may lack, typed with nothing in their stead."""
    typed = (typed for typed in TYPED.finditer(text) if typed[2] is None)
    return [found[1] for found in typed if found[1] in PERSONAL]


def pieces(text: str) -> Iterator[str | MergeField]:
    """The literal texts and the fields, in order; raises Invalid naming an unknown field."""
    for name in unknown(text):
        raise Invalid(f"unknown merge field: {name}")
    at = 0
    for found in MARK.finditer(text):
        yield text[at : found.start()]
        yield _marked(found)
        at = found.end()
    yield text[at:]


def filled(rendered: Rendered, values: Mapping[str, str]) -> Rendered:
    """The letter as that person reads it."""
    return _replaced(rendered, lambda found: _marked(found).value(values))


def previewed(rendered: Rendered, values: Mapping[str, str]) -> Rendered:
    """The letter while it is written: a field with neither value nor default stays as typed."""

    def plain(found: re.Match[str]) -> str:
        field = _marked(found)
        has_none = field.default is None and not values.get(field.name)
        return f"{{{{{field.name}}}}}" if has_none else field.value(values)

    return _replaced(rendered, plain)


def addressed(rendered: Rendered, values: Mapping[str, str]) -> Rendered:
    """The letter with these values, which may hold marks themselves; its other fields stay."""
    return _replaced(rendered, lambda found: values.get(_marked(found).name, found[0]))


def _replaced(rendered: Rendered, plain: Callable[[re.Match[str]], str]) -> Rendered:
    return replace(
        rendered,
        subject=MARK.sub(plain, rendered.subject),
        html=MARK.sub(lambda found: escape(plain(found)), rendered.html),
        text=MARK.sub(plain, rendered.text),
    )


@lru_cache(maxsize=1000)
def joined_on(day: date, language: str) -> str:
    """The value of that field, as the letter's language says a day; few days serve many people."""
    return as_said(format_date(day, "long", locale=language), day, language)


def _mark_of(typed: re.Match[str]) -> str:
    return MergeField(typed[1], typed[2]).mark() if typed[1] in KNOWN else typed[0]


def _marked(found: re.Match[str]) -> MergeField:
    name, bar, default = bytes.fromhex(found[1]).decode(errors="replace").partition("|")
    return MergeField(name, default if bar else None)
