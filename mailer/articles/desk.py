"""The editors' pages: the articles that came in, and where they come from."""

from datetime import datetime

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_datetime, ngettext
from flask_babel import gettext as _

from mailer import clock
from mailer.articles import fetch, jobs, markup, operations, queries
from mailer.articles.failures import SENTENCES
from mailer.articles.fetch import Reading, Wanted
from mailer.articles.forms import SourceForm
from mailer.articles.models import Source
from mailer.articles.parse import parse
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.outgoing import configured
from mailer.web.access import staff
from mailer.web.pages import PAGE_ROWS

bp = Blueprint("articles", __name__)

PREVIEW_ROWS = 10


@bp.app_template_filter("paris_day")
def paris_day(at: datetime) -> str:
    """The civil date in Paris, in the reader's language."""
    return str(format_date(clock.paris_day(at), "long"))


@bp.app_template_filter("paris_minute")
def paris_minute(at: datetime) -> str:
    """The civil date and the minute in Paris, in the reader's language."""
    return str(format_datetime(at, "d MMMM y, HH:mm"))


@bp.get("/bureau/articles")
@staff("editor")
def recent() -> ResponseReturnValue:
    """The latest articles."""
    return render_template("articles/recent.html", articles=queries.recent(PAGE_ROWS))


@bp.get("/bureau/sources")
@staff("editor")
def sources() -> ResponseReturnValue:
    """Where articles come from, with what fails first."""
    return _sources_page(SourceForm(), None), 200


@bp.post("/bureau/sources")
@staff("editor")
def add_source() -> ResponseReturnValue:
    """Read the address or the file; then show what is in it, or keep it."""
    form = SourceForm()
    if not form.validate():
        return _sources_page(form, None), 422
    _let_go()
    try:
        reading = _read(form)
    except fetch.FAILURES as failure:
        return _refused(form, str(SENTENCES[failure.reason]))
    if "preview" in request.form:
        return _sources_page(form, reading), 200
    return _add(form, reading)


def _let_go() -> None:
    """End our reading of the database: no connection is held while another server answers."""
    db.session.rollback()


def _read(form: SourceForm) -> Reading:
    if form.address:
        return fetch.discover(form.address, configured())
    upload = form.file.data
    return Reading("", parse(upload.read(), "", upload.mimetype or ""))


def _add(form: SourceForm, reading: Reading) -> ResponseReturnValue:
    actor = f"account:{g.account.id}"
    try:
        with transaction():
            source = _kept(form, reading, actor)
            name, count = source.name, queries.counts().get(source.id, 0)
    except Conflict:
        return _refused(
            form,
            _("Cette source est déjà dans la liste. Pour la relire, pressez « Lire maintenant »."),
        )
    read = ngettext("%(num)d article lu.", "%(num)d articles lus.", count)
    flash(_("« %(name)s » est ajouté : %(read)s", name=name, read=read), "done")
    return redirect(url_for(".sources"), 303)


def _kept(form: SourceForm, reading: Reading, actor: str) -> Source:
    if reading.url:
        return operations.add_source(reading, form.address, clock.now(), actor)
    file_name = markup.plain_title(form.file.data.filename)
    return operations.add_file(reading, file_name, clock.now(), actor)


def _refused(form: SourceForm, sentence: str) -> ResponseReturnValue:
    bound = form.url if form.address else form.file
    bound.errors = [sentence]
    return _sources_page(form, None), 422


def _sources_page(form: SourceForm, reading: Reading | None) -> str:
    return render_template(
        "articles/sources.html",
        form=form,
        reading=reading,
        shown=PREVIEW_ROWS,
        sources=queries.sources(),
        counts=queries.counts(),
        sentences=SENTENCES,
    )


@bp.post("/bureau/sources/<int:source_id>/lecture")
@staff("editor")
def read_source(source_id: int) -> ResponseReturnValue:
    """Read the source now."""
    source = queries.source(source_id)
    if source.url is None:
        raise Conflict("source")
    name, wanted = source.name, Wanted(source.url, source.etag, source.last_modified)
    _let_go()
    reason = jobs.refresh(source_id, wanted)
    if reason is None:
        flash(_("« %(name)s » vient d’être relu.", name=name), "done")
    else:
        flash(_("« %(name)s » : %(why)s", name=name, why=SENTENCES[reason]), "warn")
    return redirect(url_for(".sources"), 303)


@bp.get("/bureau/sources/<int:source_id>/suppression")
@staff("editor")
def check_removal(source_id: int) -> ResponseReturnValue:
    """What removing the source would take away."""
    count = queries.counts().get(source_id, 0)
    return render_template("articles/remove.html", source=queries.source(source_id), count=count)


@bp.post("/bureau/sources/<int:source_id>/suppression")
@staff("editor")
def remove_source(source_id: int) -> ResponseReturnValue:
    """Remove the source and its articles."""
    with transaction():
        name = operations.remove_source(source_id, f"account:{g.account.id}")
    flash(_("« %(name)s » n’est plus lu, et ses articles sont retirés.", name=name), "done")
    return redirect(url_for(".sources"), 303)
