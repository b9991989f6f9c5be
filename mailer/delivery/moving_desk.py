"""A planned sending moves to another hour; a letter that went wrong is corrected."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import rulebook
from mailer.clock import PARIS, now
from mailer.db import transaction
from mailer.delivery import campaigns, elections, similar, words
from mailer.delivery.blueprint import bp
from mailer.delivery.departure_form import MoveForm
from mailer.delivery.models import Campaign
from mailer.delivery.similar import Wish
from mailer.newsletters import operations
from mailer.newsletters import queries as newsletters
from mailer.web.access import staff


@bp.get("/bureau/envois/<int:campaign_id>/depart")
@staff("sender")
def departure(campaign_id: int) -> ResponseReturnValue:
    found = campaigns.by_id(campaign_id)
    if not campaigns.is_movable(found):
        return _too_late(campaign_id)
    local = found.starts_at.astimezone(PARIS)
    return _page(found, MoveForm(day=local.date(), hour=local.time()))


@bp.post("/bureau/envois/<int:campaign_id>/depart")
@staff("sender")
def move(campaign_id: int) -> ResponseReturnValue:
    found, form = campaigns.by_id(campaign_id), MoveForm()
    if not form.validate():
        return _page(found, form), 422
    if not form.sure.data and any(_objections(found, form)):
        form.ask_again()
        return _page(found, form), 422
    with transaction():
        if not campaigns.is_movable(campaigns.locked(campaign_id)):
            return _too_late(campaign_id)
        campaigns.move(campaign_id, form.starts_at, g.account.actor, now())
        moved_to = campaigns.by_id(campaign_id).starts_at
    flash(_("Le départ est déplacé : %(moment)s.", moment=words.moment(moved_to)))
    return _to(campaign_id)


@bp.post("/bureau/envois/<int:campaign_id>/correction")
@staff("editor")
def correct(campaign_id: int) -> ResponseReturnValue:
    """A copy of the letter to correct, which may go to those alone who have got it."""
    with transaction():
        letter = newsletters.issue_anywhere(campaigns.by_id(campaign_id).issue_id)
        copy_id = operations.correct(letter, now(), g.account.actor).id
    flash(
        _(
            "Voici une copie à corriger. Une fois approuvée, la page d’envoi proposera de l’écrire"
            " à ceux-là seuls qui ont reçu la première."
        )
    )
    return redirect(url_for("newsletters.composer", issue_id=copy_id), 303)


def _page(found: Campaign, form: MoveForm) -> str:
    periods, twins = _objections(found, form)
    return render_template(
        "delivery/move.html",
        campaign=found,
        letter=newsletters.issue_anywhere(found.issue_id),
        form=form,
        periods=periods,
        twins=twins,
        election_source=rulebook.load().citations["elections"].source,
        now=now(),
    )


def _objections(found: Campaign, form: MoveForm) -> tuple[object, object]:
    """What speaks against that day: an election that is near, the same content that day."""
    if form.day.data is None:
        return (), ()
    wish = Wish(found.issue_id, found.list_id, found.run, form.day.data)
    return elections.on(form.day.data), similar.twins(wish, now())


def _too_late(campaign_id: int) -> ResponseReturnValue:
    flash(_("Cet envoi n’attend plus son heure : il ne se déplace plus."), "warn")
    return _to(campaign_id)


def _to(campaign_id: int) -> ResponseReturnValue:
    return redirect(url_for("delivery.campaign", campaign_id=campaign_id), 303)
