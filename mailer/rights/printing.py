"""A letter on paper: a tagged PDF (PDF/UA-1, ISO 14289) that a screen reader can follow too.

parts | JSON | Typst template | PDF with its own fonts, the same bytes each time
"""

import json
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
    try:
        return _compiled(sheet, "ua-1")
    except typst.TypstError:
        # The standard refuses a letter that quotes what the font lacks, such as an emoji; its PDF
        # is tagged all the same.
        return _compiled(sheet, None)


def _compiled(sheet: Sheet, standard: Literal["ua-1"] | None) -> bytes:
    return bytes(
        typst.compile(
            str(folder("templates") / "rights" / "letters" / "letter.typ"),
            sys_inputs={"letter": json.dumps(_content(sheet), ensure_ascii=False)},
            ignore_system_fonts=True,
            pdf_standards=standard,
            timestamp=sheet.written_at.replace(microsecond=0),
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
