"""The desk of appearance: the themes, and what may be chosen of each, its contrasts shown."""

from dataclasses import replace

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from mailer.articles import queries as articles
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict, Invalid, NotFound
from mailer.newsletters import queries as letters
from mailer.newsletters.appearance import dark, light
from mailer.newsletters.blueprint import bp
from mailer.newsletters.composing import save
from mailer.newsletters.fields import GIVEN, filled
from mailer.newsletters.public import letter_page
from mailer.newsletters.render import render
from mailer.newsletters.snapshots import copied
from mailer.newsletters.themes import contrasts, forms, found, logos, operations, queries, words
from mailer.newsletters.themes.samples import sample
from mailer.newsletters.themes.theme import Look, Theme
from mailer.web.access import staff
from mailer.web.bounds import row_key, takes_a_file

SAVED = 303
SHOWN_ARTICLES = 12


@bp.app_template_global("letter_themes")
def letter_themes() -> dict[str, str]:
    """The name of each theme that is offered, in the reader's language."""
    return {name: theme.titles[_language()] for name, theme in queries.offered().items()}


@bp.get("/bureau/lettres/apparence")
@staff("editor", "admin")
def themes() -> ResponseReturnValue:
    return render_template(
        "newsletters/desk/themes.html",
        themes=queries.offered().values(),
        series=queries.all_series(),
        refused=found.refused(),
    )


@bp.get("/bureau/lettres/apparence/<name>")
@staff("editor", "admin")
def look(name: str) -> ResponseReturnValue:
    theme, series = queries.theme(name), _series()
    return _page(theme, series, forms.shown(queries.chosen(theme, series).tokens))


@bp.post("/bureau/lettres/apparence/<name>/essai")
@staff("editor", "admin")
def try_look(name: str) -> ResponseReturnValue:
    """The page as it would be, with the contrasts of what was typed; nothing is kept."""
    theme, series = queries.theme(name), _series()
    return _page(theme, series, forms.typed(request.form, queries.chosen(theme, series).tokens))


@bp.post("/bureau/lettres/apparence/<name>")
@takes_a_file("PICTURE_MAX_MEGABYTES")
@staff("editor", "admin")
def dress(name: str) -> ResponseReturnValue:
    theme, series = queries.theme(name), _series()
    before = queries.chosen(theme, series)
    given = forms.typed(request.form, before.tokens)
    try:
        chosen = _with_logo(replace(before, tokens=given.tokens))
    except Invalid:
        wrong = _("Ce fichier n’est pas une image que nous savons lire : donnez un PNG ou un JPEG.")
        given = replace(given, faults={**given.faults, "logo": wrong})
    if given.faults:
        return _page(theme, series, given), 422
    with transaction():
        operations.dress(chosen, series, g.account.actor)
    flash(_("L’apparence est enregistrée. Les lettres déjà approuvées ne changent pas."))
    return redirect(url_for(".look", name=name, serie=series), SAVED)


@bp.post("/bureau/lettres/apparence/<name>/retrait")
@staff("editor", "admin")
def undress(name: str) -> ResponseReturnValue:
    series = _series()
    with transaction():
        operations.undress(queries.theme(name).name, series, g.account.actor)
    flash(_("Ces choix sont retirés."))
    return redirect(url_for(".look", name=name, serie=series), SAVED)


@bp.get("/bureau/lettres/apparence/<name>/apercu")
@staff("editor", "admin")
def look_preview(name: str) -> Response:
    """A letter with every type of block, in the look that is kept, or that the address tells."""
    kept = queries.chosen(queries.theme(name), _series())
    chosen = replace(kept, tokens=forms.typed(request.args, kept.tokens).tokens)
    copies = [copied(article) for article in articles.recent(SHOWN_ARTICLES)]
    pictured = [copy for copy in copies if copy.image]
    letter = replace(sample(chosen, pictured), base_url="")
    html = filled(render(letter), dict.fromkeys(GIVEN, "#")).html
    shown = dark(html) if request.args.get("apparence") == "sombre" else light(html)
    return letter_page(shown, framed_by="'self'")


@bp.post("/bureau/lettres/<int:issue_id>/theme")
@takes_a_file("PICTURE_MAX_MEGABYTES")
@staff("editor")
def choose_theme(issue_id: int) -> ResponseReturnValue:
    """Keep all that was typed in the composer, then draw the letter in the chosen theme."""
    answer = save(issue_id)
    if isinstance(answer, tuple) or getattr(answer, "status_code", 0) != SAVED:
        return answer
    # The revision that this very save has made.
    revision = request.form.get("revision", 0, type=row_key) + 1
    try:
        with transaction():
            chosen = request.form.get("theme", "")
            operations.choose(letters.locked(issue_id), chosen, revision, now())
    except Conflict:
        flash(
            _(
                "Quelqu’un vient d’enregistrer la lettre : regardez-la, puis choisissez le thème"
                " de nouveau."
            ),
            "warn",
        )
    return answer


def _page(theme: Theme, series: int | None, given: forms.Typed) -> str:
    return render_template(
        "newsletters/desk/look.html",
        theme=theme,
        given=given,
        judged=list(contrasts.judged(given.tokens)),
        chosen=queries.chosen(theme, series),
        is_kept=queries.kept(theme.name, series) is not None,
        series=queries.series(series) if series else None,
        shown={field: given.values[field] for field in forms.FIELDS},
        words=words,
    )


def _with_logo(before: Look) -> Look:
    uploaded = request.files.get("logo")
    content = uploaded.read() if uploaded else b""
    if content:
        return replace(before, logo=logos.kept(content))
    return replace(before, logo=None) if "no_logo" in request.form else before


def _series() -> int | None:
    """The series that is dressed, all of them without one; raises NotFound for an unknown one."""
    asked = request.values.get("serie", type=row_key)
    if asked is not None and queries.series(asked) is None:
        raise NotFound("series")
    return asked


def _language() -> str:
    return str(get_locale())
