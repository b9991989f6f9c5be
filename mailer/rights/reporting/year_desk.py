"""The report of a year at the desk: a page, a print, a table, JSON."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from mailer.clock import now, paris_day
from mailer.errors import NotFound
from mailer.rights.blueprint import bp
from mailer.rights.reporting import year_words, years
from mailer.rights.reporting.year_files import MIMETYPES, Format, export
from mailer.web.access import staff


@bp.get("/bureau/demandes/bilan/<int:year>")
@staff("dpo")
def year_report(year: int) -> ResponseReturnValue:
    found = years.report(year, paris_day(now()))
    return render_template(
        "rights/reporting/year.html",
        report=found,
        sections=year_words.sections(found),
        told=year_words.told(found),
        formats=Format,
    )


@bp.get("/bureau/demandes/bilan/<int:year>/fichiers/<name>")
@staff("dpo")
def year_file(year: int, name: str) -> ResponseReturnValue:
    """The same as a file; the page to print opens in the browser."""
    if name not in set(Format):
        raise NotFound("format")
    form = Format(name)
    answer = Response(
        export(years.report(year, paris_day(now())), form), content_type=MIMETYPES[form]
    )
    if form != Format.HTML:
        answer.headers["Content-Disposition"] = f'attachment; filename="demandes-{year}.{form}"'
    return answer
