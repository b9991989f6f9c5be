"""Which pages the manual has, in which order, and where their files lie."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mailer.errors import NotFound
from mailer.manual.text import Leads, Text, read
from mailer.resources import folder

PLACE = folder("handbook")
PICTURES = folder("pictures")


@dataclass(frozen=True)
class Page:
    """A page of one part, in one language."""

    language: str
    part: str
    name: str

    @property
    def file(self) -> Path:
        return PLACE / self.language / self.part / f"{self.name}.md"

    @property
    def path(self) -> str:
        """Where it lies in the site of files, within its language."""
        return f"{self.part}/{self.name}.html"

    def text(self, leads: Leads) -> Text:
        return read(self.file.read_text(encoding="utf-8"), leads)

    @property
    def title(self) -> str:
        with self.file.open(encoding="utf-8") as file:
            return file.readline().removeprefix("# ").strip()


@dataclass(frozen=True)
class Part:
    """One of the four kinds of text (diataxis.fr) with its pages."""

    key: str
    title: str
    pages: Sequence[Page]


@cache
def _written() -> Mapping[str, Any]:
    return tomllib.loads((PLACE / "contents.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Words:
    """What the site of files says around its pages."""

    title: str
    name: str
    skip: str


def words(language: str) -> Words:
    """Those of that language."""
    return Words(**_written()[language])


@cache
def parts(language: str) -> Sequence[Part]:
    """The parts of the manual in that language."""
    return tuple(
        Part(
            each["key"],
            each[language],
            tuple(Page(language, each["key"], name) for name in each["pages"]),
        )
        for each in _written()["parts"]
    )


def pages(language: str) -> Iterator[Page]:
    """Every page in the order of reading."""
    return (page for part in parts(language) for page in part.pages)


def page(language: str, part: str, name: str) -> Page:
    """The page of that name; NotFound when the manual has none."""
    wanted = Page(language, part, name)
    if wanted not in pages(language):
        raise NotFound("page of the manual")
    return wanted


def neighbours(of: Page) -> tuple[Page | None, Page | None]:
    """The pages before and after it."""
    all_pages = list(pages(of.language))
    here = all_pages.index(of)
    before = all_pages[here - 1] if here else None
    after = all_pages[here + 1] if here + 1 < len(all_pages) else None
    return before, after
