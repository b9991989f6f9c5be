"""A planned sending moves to another hour; a letter that went wrong is corrected."""

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Objections:
    """What speaks against that day: an election that is near, the same content that day."""

    periods: Sequence[object]
    twins: Sequence[object]

    def __bool__(self) -> bool:
        return bool(self.periods or self.twins)


@bp.get("/bureau/envois/<int:campaign_id>/depart")
@staff("sender")
def departure(campaign_id: int) -> ResponseReturnValue:
    found = campaigns.by_id(campaign_id)
    if not campaigns.is_movable(found):
        return _too_late(campaign_id)
    local = found.starts_at.astimezone(PARIS)
    form = MoveForm(day=local.date(), hour=local.time())
    return _page(found, form, _objections(found, form))


@bp.post("/bureau/envois/<int:campaign_id>/depart")
@staff("sender")
def move(campaign_id: int) -> ResponseReturnValue:
    found, form = campaigns.by_id(campaign_id), MoveForm()
    is_valid, objections = form.validate(), _objections(found, form)
    is_asked = is_valid and not form.sure.data and bool(objections)
    if is_asked:
        form.ask_again()
    if is_asked or not is_valid:
        return _page(found, form, objections), 422
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


def _page(found: Campaign, form: MoveForm, objections: Objections) -> str:
    return render_template(
        "delivery/move.html",
        campaign=found,
        letter=newsletters.issue_anywhere(found.issue_id),
        form=form,
        periods=objections.periods,
        twins=objections.twins,
        election_source=rulebook.load().citations["elections"].source,
        now=now(),
    )


def _objections(found: Campaign, form: MoveForm) -> Objections:
    if form.day.data is None:
        return Objections((), ())
    wish = Wish(found.issue_id, found.list_id, found.run, form.day.data)
    return Objections(elections.on(form.day.data), similar.twins(wish, now()))


def _too_late(campaign_id: int) -> ResponseReturnValue:
    flash(_("Cet envoi n’attend plus son heure : il ne se déplace plus."), "warn")
    return _to(campaign_id)


def _to(campaign_id: int) -> ResponseReturnValue:
    return redirect(url_for("delivery.campaign", campaign_id=campaign_id), 303)
