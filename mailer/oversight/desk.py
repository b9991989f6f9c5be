"""The record at the desk: what staff did and saw, for the administrator."""

from datetime import timedelta

from flask import Blueprint, Response, g, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from mailer.accounts.queries import names_of
from mailer.audit import export as files
from mailer.audit import search
from mailer.audit.export import Format
from mailer.audit.looks import Why, looks
from mailer.audit.models import Entry
from mailer.clock import now, paris_day
from mailer.db import transaction
from mailer.oversight import queries
from mailer.oversight.forms import ExportForm, SoughtForm
from mailer.oversight.naming import what, who
from mailer.oversight.words import VERBS, WHYS
from mailer.web.access import staff
from mailer.web.bounds import row_key
from mailer.web.pages import Page

bp = Blueprint("oversight", __name__)

TYPES = {Format.CSV: "text/csv", Format.JSONL: "application/jsonl"}
# How far back a burst of looks stands on the page.
RECENT = timedelta(weeks=1)


@bp.get("/bureau/journal")
@staff("admin")
@looks(Why.STAFF)
def record() -> ResponseReturnValue:
    """The entries that were sought, newest first; who looks at them stands among them."""
    form = _sought()
    if not form.validate():
        return _page(form, ExportForm(None), Page([], None)), 422
    before = request.args.get("avant", type=row_key)
    return _page(form, ExportForm(None), search.page(form.sought, before))


@bp.post("/bureau/journal/exportation")
@staff("admin")
def take_record() -> ResponseReturnValue:
    """The same entries as a file, oldest first; that it was taken stands in the record."""
    form, wanted = _sought(), ExportForm()
    if not form.validate():
        return _page(form, wanted, Page([], None)), 422
    if not wanted.validate():
        return _page(form, wanted, search.page(form.sought, None)), 422
    kind = Format(wanted.kind.data)
    with transaction():
        files.begin(form.sought, kind, wanted.motive.data, g.account.actor)
    answer = Response(stream_with_context(files.lines(form.sought, kind)), mimetype=TYPES[kind])
    name = f"journal-{paris_day(now())}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _sought() -> SoughtForm:
    known = queries.actors()
    names = names_of(known)
    people = {actor: who(actor, names) for actor in known}
    return SoughtForm(request.args).offering(people)


def _page(form: SoughtForm, wanted: ExportForm, page: Page[Entry]) -> str:
    at = now()
    bursts = queries.bursts(at - RECENT)
    names = names_of({entry.actor for entry in page.rows} | bursts.keys())
    given = {name: value for name, value in form.data.items() if value}
    return render_template(
        "oversight/record.html",
        form=form,
        wanted=wanted,
        page=page,
        given=given,
        following=url_for(".record", **given, avant=page.next_key) if page.next_key else "",
        check=queries.last_check(),
        bursts=bursts,
        who=lambda actor: who(actor, names),
        what=what,
        verbs=VERBS,
        whys=WHYS,
    )
