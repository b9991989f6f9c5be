"""The notices and forms that people were shown, as they were kept."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from mailer.consent.models import FormSnapshot, Notice
from mailer.db import db


@dataclass(frozen=True)
class ShownNotice:
    """A notice, word for word."""

    sha256: str
    locale: str
    # An old text may be filed without either.
    version: int | None
    title: str
    body: str
    valid_from: datetime | None


@dataclass(frozen=True)
class ShownForm:
    """A form, as the canonical JSON of its labels and boxes in their order, with its notices."""

    sha256: str
    content: str
    valid_from: datetime
    notices: tuple[ShownNotice, ...] = ()

    @property
    def parts(self) -> dict[str, object]:
        """The content, read."""
        found: dict[str, object] = json.loads(self.content)
        return found

    @property
    def labels(self) -> Iterator[tuple[str, str]]:
        """The short name and the label of each box, and of a letter that is named alone."""
        boxes, only = self.parts.get("boxes"), self.parts.get("only")
        named = [only] if isinstance(only, dict) else []
        for box in (*(boxes if isinstance(boxes, list) else ()), *named):
            yield str(box.get("value")), str(box.get("label"))


def notices(digests: Collection[str]) -> dict[str, ShownNotice]:
    """Those texts, by digest."""
    found = db.session.scalars(select(Notice).where(Notice.sha256.in_(digests)))
    return {
        row.sha256: ShownNotice(
            row.sha256, row.locale, row.version, row.title, row.body, row.valid_from
        )
        for row in found
    }


def forms(digests: Collection[str]) -> dict[str, ShownForm]:
    """Those forms, by digest, each with the texts that stood beside it."""
    found = db.session.scalars(select(FormSnapshot).where(FormSnapshot.sha256.in_(digests)))
    return {row.sha256: _form(row) for row in found}


def _form(row: FormSnapshot) -> ShownForm:
    alone = ShownForm(row.sha256, row.content, row.valid_from)
    named = alone.parts.get("notices")
    digests = list(named.values()) if isinstance(named, dict) else []
    return replace(alone, notices=tuple(notices(digests).values()))
