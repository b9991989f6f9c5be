"""The record of processing as a file: a table, JSON, or a page to print."""

import json
from collections.abc import Iterator
from enum import StrEnum

from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _

from mailer import sheets
from mailer.register import words
from mailer.register.sheet import Sheet


class Format(StrEnum):
    """What a reader may ask for."""

    CSV = "csv"
    JSON = "json"
    HTML = "html"


MIMETYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
    Format.HTML: "text/html; charset=utf-8",
}


def export(sheet: Sheet, form: Format) -> str:
    """The sheet in that form, in the language of whoever asked."""
    match form:
        case Format.CSV:
            return sheets.MARK + "".join(sheets.line(row) for row in _table(sheet))
        case Format.JSON:
            return json.dumps(_told(sheet), ensure_ascii=False, indent=1)
        case Format.HTML:
            return page(sheet)


def page(sheet: Sheet, stylesheet: str = "") -> str:
    """The sheet as a page to print; it needs nothing else, and looks better with a style sheet."""
    template = current_app.jinja_env.get_template("register/printed.html")
    return template.render(
        sheet=sheet, words=words, stylesheet=stylesheet, locale=str(get_locale())
    )


def _table(sheet: Sheet) -> Iterator[list[str]]:
    """First who answers for it, then an activity a line."""
    for part, heading in words.CONTROLLER.items():
        yield [str(heading), getattr(sheet.controller, part) or _("non indiqué")]
    yield from words.rows(sheet.activities)


def _told(sheet: Sheet) -> dict[str, object]:
    return {
        "sha256": sheet.sha256,
        "controller": {part: getattr(sheet.controller, part) for part in words.CONTROLLER},
        "activities": [
            {"key": each.key, "title": words.title(each)}
            | {part: words.lines(each, part) for part in words.PARTS}
            for each in sheet.activities
        ],
    }
