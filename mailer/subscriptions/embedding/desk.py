"""How a list's form comes onto other sites, and what the list's own page looks like."""

from flask import current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.db import transaction
from mailer.subscriptions.embedding import colours, operations, queries, snippets
from mailer.subscriptions.embedding.blueprint import bp
from mailer.subscriptions.embedding.forms import OriginsForm, ThemeForm
from mailer.subscriptions.queries import mailing_list
from mailer.subscriptions.shown import subscription_form
from mailer.web.access import staff

ACCENT = "#0b5d4e"


@bp.get("/bureau/listes/<int:list_id>/integration")
@staff("subscribers", "admin")
def desk(list_id: int) -> ResponseReturnValue:
    """The three ways, ready to copy; the declared sites; the page's look."""
    return _page(list_id, _origins_form(list_id), _theme_form(list_id))


@bp.post("/bureau/listes/<int:list_id>/integration/sites")
@staff("subscribers", "admin")
def declare(list_id: int) -> ResponseReturnValue:
    mailing_list(list_id)
    typed = OriginsForm()
    if not typed.validate():
        return _page(list_id, typed, _theme_form(list_id)), 422
    with transaction():
        operations.declare(list_id, typed.values(), g.account.actor)
    return redirect(url_for(".desk", list_id=list_id), 303)


@bp.post("/bureau/listes/<int:list_id>/integration/apparence")
@staff("subscribers", "admin")
def dress(list_id: int) -> ResponseReturnValue:
    mailing_list(list_id)
    typed = ThemeForm()
    if not typed.validate():
        return _page(list_id, _origins_form(list_id), typed), 422
    with transaction():
        operations.dress(list_id, typed.values(), g.account.actor)
    return redirect(url_for(".desk", list_id=list_id), 303)


@bp.post("/bureau/listes/<int:list_id>/integration/apparence/retrait")
@staff("subscribers", "admin")
def undress(list_id: int) -> ResponseReturnValue:
    mailing_list(list_id)
    with transaction():
        operations.undress(list_id, g.account.actor)
    return redirect(url_for(".desk", list_id=list_id), 303)


def _page(list_id: int, origins_form: OriginsForm, theme_form: ThemeForm) -> str:
    row = mailing_list(list_id)
    base = current_app.config["BASE_URL"].rstrip("/")
    place = snippets.Place(row.slug, base, subscription_form([row]))
    title = _("S’inscrire à « %(name)s »", name=row.name)
    return render_template(
        "subscriptions/embedding/desk.html",
        row=row,
        origins=queries.origins(list_id),
        origins_form=origins_form,
        theme=queries.theme(list_id),
        theme_form=theme_form,
        snippets={
            "form": snippets.form(place),
            "component": snippets.component(place),
            "frame": snippets.frame(place, title),
        },
        policy=snippets.policy(base),
        on_dark=colours.on_dark,
    )


def _origins_form(list_id: int) -> OriginsForm:
    return OriginsForm(None, data={"origins": "\n".join(queries.origins(list_id))})


def _theme_form(list_id: int) -> ThemeForm:
    theme = queries.theme(list_id)
    return ThemeForm(None, obj=theme) if theme else ThemeForm(None, data={"accent": ACCENT})
