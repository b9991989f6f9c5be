"""A letter on paper: a tagged PDF (PDF/UA-1, ISO 14289) that a screen reader can follow too.

parts | JSON | Typst template | PDF with its own fonts, the same bytes each time
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

import typst
from flask import current_app

from mailer.resources import folder
from mailer.rights.parts import read


@dataclass(frozen=True)
class Sheet:
    """What is printed: a letter as it is kept, and to whom it is posted, a line each."""

    source: str
    language: str
    reference: str
    written_at: datetime
    addressee: tuple[str, ...] = ()


def pdf(sheet: Sheet) -> bytes:
    """The letter as a PDF, its language and structure marked, its fonts inside."""
    return typeset("letters/letter.typ", _content(sheet), sheet.written_at)


def typeset(template: str, content: Mapping[str, object], at: datetime) -> bytes:
    """The content as that template sets it, a tagged PDF with its fonts inside."""
    try:
        return _compiled(template, content, at, "ua-1")
    except typst.TypstError:
        # The standard refuses a text that quotes what the font lacks, such as an emoji; its PDF
        # is tagged all the same.
        return _compiled(template, content, at, None)


def _compiled(
    template: str, content: Mapping[str, object], at: datetime, standard: Literal["ua-1"] | None
) -> bytes:
    return bytes(
        typst.compile(
            str(folder("templates") / "rights" / template),
            sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
            ignore_system_fonts=True,
            pdf_standards=standard,
            timestamp=at.replace(microsecond=0),
        )
    )


def _content(sheet: Sheet) -> dict[str, object]:
    config = current_app.config
    written = read(sheet.source)
    groups = (group for part in written.parts for group in part.groups)
    return {
        "title": written.title,
        "groups": [[asdict(block) for block in group] for group in groups],
        "language": sheet.language,
        "organisation": config["ORGANISATION"],
        "address": config["POSTAL_ADDRESS"],
        "reference": sheet.reference,
        "addressee": list(sheet.addressee),
    }
