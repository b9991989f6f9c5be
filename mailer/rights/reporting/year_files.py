"""The report of a year as a file: a table, JSON, or a page to print."""

import json
from enum import StrEnum

from flask import current_app, render_template
from flask_babel import gettext as _

from mailer import sheets
from mailer.rights import words
from mailer.rights.reporting import year_words
from mailer.rights.reporting.yearly import Report, as_data


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


def export(found: Report, form: Format) -> str:
    """The report in that form; nothing in it is about a person."""
    match form:
        case Format.CSV:
            return sheets.MARK + "".join(map(sheets.line, _table(found)))
        case Format.JSON:
            said = {"organisation": current_app.config["ORGANISATION"]} | as_data(found)
            return json.dumps(said, ensure_ascii=False, indent=1)
        case Format.HTML:
            return render_template(
                "rights/reporting/printed.html",
                report=found,
                sections=year_words.sections(found),
                told=year_words.told(found),
                day=words.day(found.on),
            )


def _table(found: Report) -> list[tuple[str, str, str]]:
    rows = [
        (section.title, label, number)
        for section in year_words.sections(found)
        for label, number in section.rows
    ]
    return [(_("Rubrique"), _("Ligne"), _("Nombre")), *rows]
