"""The editors' page of an address that they gave: looked at by the worker, watched meanwhile."""

from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from mailer.articles import findings, queries
from mailer.articles.blueprint import bp
from mailer.articles.data import Problem
from mailer.articles.failures import SENTENCES
from mailer.articles.forms import SourceForm
from mailer.articles.models import Lookup
from mailer.articles.reading_desk import Wait, span
from mailer.articles.sources_desk import added, page
from mailer.clock import now
from mailer.outgoing import configured
from mailer.web.access import staff
from mailer.web.parts import last_part, part


@bp.get("/bureau/sources/examens/<int:lookup_id>")
@staff("editor")
def lookup(lookup_id: int) -> ResponseReturnValue:
    """How the look goes; once it is over, what came of it, above the form with what was typed."""
    row = queries.lookup(lookup_id)
    if row.due_at is None:
        return _told(row)
    return render_template("articles/lookup.html", **_standing(row, now()))


@bp.get("/bureau/sources/examens/<int:lookup_id>/avancement")
@staff("editor")
def lookup_progress(lookup_id: int) -> ResponseReturnValue:
    """The part of the page that moves; the whole page again once the look is over."""
    row = queries.lookup(lookup_id)
    html = render_template("articles/lookup_progress.html", **_standing(row, now()))
    return part(html) if row.due_at else last_part(html)


def _told(row: Lookup) -> str:
    if row.source_id is not None:
        return page(SourceForm(), done=added(queries.source(row.source_id)))
    form = SourceForm(data={"url": row.typed})
    shown = findings.read(row.found) if row.found else None
    if shown is None:
        form.url.errors = [str(SENTENCES[row.failure or Problem.OUTDATED])]
    return page(form, shown)


def _standing(row: Lookup, at: datetime) -> dict[str, object]:
    return {"lookup": row, "wait": Wait(at - row.asked_at, configured().deadline), "span": span}
