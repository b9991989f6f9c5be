"""The editors' pages of sources: where articles come from, tried before it is kept."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mailer.articles import findings, lookups, markup, operations, queries, words
from mailer.articles.blueprint import bp
from mailer.articles.data import Aim, UnreadableError
from mailer.articles.discovery import Found
from mailer.articles.failures import SENTENCES
from mailer.articles.fetch import Reading
from mailer.articles.findings import Preview
from mailer.articles.forms import SourceForm
from mailer.articles.models import Lookup, Source
from mailer.articles.parse import parse
from mailer.articles.presets import LABELS, Preset
from mailer.clock import now
from mailer.db import transaction
from mailer.web.access import staff


@bp.get("/bureau/sources")
@staff("editor")
def sources() -> ResponseReturnValue:
    """Where articles come from, with what fails first; and the addresses that wait to be seen."""
    given = queries.lookups(g.account.actor, now() - lookups.KEPT)
    return page(SourceForm(), given=given)


@bp.post("/bureau/sources")
@staff("editor")
def add_source() -> ResponseReturnValue:
    """Have the address looked at; or read the file, and show what is in it or keep it."""
    form = SourceForm()
    if not form.validate():
        return page(form), 422
    aim = Aim.TRY if "preview" in request.form else Aim.ADD
    if not form.address:
        return _read_file(form, aim)
    with transaction():
        lookup_id = lookups.ask(form.address, aim, now(), g.account.actor)
    return redirect(url_for(".lookup", lookup_id=lookup_id), 303)


def _read_file(form: SourceForm, aim: Aim) -> ResponseReturnValue:
    upload = form.file.data
    try:
        reading = Reading("", parse(upload.read(), "", upload.mimetype or ""))
    except UnreadableError as failure:
        form.file.errors = [str(SENTENCES[failure.reason])]
        return page(form), 422
    if aim is Aim.TRY:
        return page(form, findings.preview(Found(reading)))
    name = markup.plain_title(upload.filename)
    with transaction():
        source = operations.add_file(reading, name, now(), g.account.actor)
        said = added(source)
    flash(said, "done")
    return redirect(url_for(".sources"), 303)


def added(source: Source) -> str:
    """That the source is there, with what was read in it."""
    count = queries.count(source.id)
    read = ngettext("%(num)d article lu.", "%(num)d articles lus.", count)
    said = [_("« %(name)s » est ajouté : %(read)s", name=source.name, read=read)]
    if source.preset:
        said.append(_("C’est un site %(software)s.", software=LABELS[Preset(source.preset)]))
    return " ".join(said)


def page(
    form: SourceForm,
    found: Preview | None = None,
    done: str = "",
    given: Sequence[Lookup] = (),
) -> str:
    """All sources, below the form and what was found, added or given before."""
    return render_template(
        "articles/sources.html",
        form=form,
        found=found,
        done=done,
        given=given,
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
