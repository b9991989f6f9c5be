"""The editors' pages of sources: where articles come from, tried before it is kept."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mailer import clock
from mailer.articles import discovery, fetch, markup, notes, operations, queries, words
from mailer.articles.blueprint import bp
from mailer.articles.discovery import Found
from mailer.articles.failures import SENTENCES
from mailer.articles.fetch import Reading
from mailer.articles.forms import SourceForm
from mailer.articles.models import Source
from mailer.articles.parse import parse
from mailer.articles.presets import LABELS
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.outgoing import configured
from mailer.web.access import staff

PREVIEW_ROWS = 20


@bp.get("/bureau/sources")
@staff("editor")
def sources() -> ResponseReturnValue:
    """Where articles come from, with what fails first."""
    return _page(SourceForm(), None), 200


@bp.post("/bureau/sources")
@staff("editor")
def add_source() -> ResponseReturnValue:
    """Read the address or the file; then show what is in it, or keep it."""
    form = SourceForm()
    if not form.validate():
        return _page(form, None), 422
    _let_go()
    try:
        found = _read(form)
    except fetch.FAILURES as failure:
        return _refused(form, str(SENTENCES[failure.reason]))
    if "preview" in request.form:
        return _page(form, found), 200
    return _add(form, found)


def _let_go() -> None:
    """End our reading of the database: no connection is held while another server answers."""
    db.session.rollback()


def _read(form: SourceForm) -> Found:
    if form.address:
        return discovery.discover(form.address, configured())
    upload = form.file.data
    return Found(Reading("", parse(upload.read(), "", upload.mimetype or "")))


def _add(form: SourceForm, found: Found) -> ResponseReturnValue:
    actor = g.account.actor
    try:
        with transaction():
            source = _kept(form, found, actor)
            name, count = source.name, queries.count(source.id)
    except Conflict:
        return _refused(
            form,
            _("Cette source est déjà dans la liste. Pour la relire, pressez « Lire maintenant »."),
        )
    read = ngettext("%(num)d article lu.", "%(num)d articles lus.", count)
    flash(_("« %(name)s » est ajouté : %(read)s", name=name, read=read), "done")
    if found.preset:
        flash(_("C’est un site %(software)s.", software=LABELS[found.preset]), "done")
    return redirect(url_for(".sources"), 303)


def _kept(form: SourceForm, found: Found, actor: str) -> Source:
    if found.reading.url:
        source = operations.add_source(found.reading, form.address, clock.now(), actor)
        source.preset = found.preset or ""
        return source
    file_name = markup.plain_title(form.file.data.filename)
    return operations.add_file(found.reading, file_name, clock.now(), actor)


def _refused(form: SourceForm, sentence: str) -> ResponseReturnValue:
    bound = form.url if form.address else form.file
    bound.errors = [sentence]
    return _page(form, None), 422


def _page(form: SourceForm, found: Found | None) -> str:
    feed = found.reading.feed if found else None
    return render_template(
        "articles/sources.html",
        form=form,
        found=found,
        told=notes.told(feed.entries) if feed else [],
        shown=PREVIEW_ROWS,
        said=words.said,
        kinds=words.KINDS,
        software=LABELS,
        sources=queries.sources(),
        counts=queries.counts(),
        sentences=SENTENCES,
    )


@bp.get("/bureau/sources/<int:source_id>/suppression")
@staff("editor")
def check_removal(source_id: int) -> ResponseReturnValue:
    """What removing the source would take away."""
    source, count = queries.source(source_id), queries.count(source_id)
    return render_template("articles/remove.html", source=source, count=count)


@bp.post("/bureau/sources/<int:source_id>/suppression")
@staff("editor")
def remove_source(source_id: int) -> ResponseReturnValue:
    """Remove the source and its articles."""
    with transaction():
        name = operations.remove_source(source_id, g.account.actor)
    flash(_("« %(name)s » n’est plus lu, et ses articles sont retirés.", name=name), "done")
    return redirect(url_for(".sources"), 303)
