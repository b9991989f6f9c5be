"""The buttons of a campaign: each may be pressed twice, and leads back to its page."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import campaigns, pipeline, redelivery, reports, words
from mailer.delivery.blueprint import bp
from mailer.web.access import staff


@bp.post("/bureau/envois/<int:campaign_id>/annulation")
@staff("sender")
def cancel(campaign_id: int) -> ResponseReturnValue:
    """Give it up before its first mail, or as soon after as can be, and say how many left."""
    with transaction():
        pipeline.give_up(campaign_id, g.account.actor, now())
    counted = reports.counts([campaign_id])[campaign_id]
    return _to(campaign_id, words.given_up(counted))


@bp.post("/bureau/envois/<int:campaign_id>/pause")
@staff("sender")
def pause(campaign_id: int) -> ResponseReturnValue:
    with transaction():
        campaigns.pause(campaign_id, g.account.actor)
    return _to(campaign_id, _("L’envoi est en pause. Ce qui partait à l’instant finit de partir."))


@bp.post("/bureau/envois/<int:campaign_id>/fin-de-pause")
@staff("sender")
def resume(campaign_id: int) -> ResponseReturnValue:
    with transaction():
        campaigns.resume(campaign_id, g.account.actor)
    return _to(campaign_id, _("L’envoi reprend où il en était."))


@bp.post("/bureau/envois/<int:campaign_id>/arret")
@staff("sender")
def stop(campaign_id: int) -> ResponseReturnValue:
    with transaction():
        pipeline.stop(campaign_id, g.account.actor, now())
    return _to(campaign_id, _("L’envoi est arrêté. Ce qui partait à l’instant finit de partir."))


@bp.post("/bureau/envois/<int:campaign_id>/reprise")
@staff("sender")
def retry(campaign_id: int) -> ResponseReturnValue:
    with transaction():
        campaigns.retry(campaign_id, g.account.actor, now())
    return _to(campaign_id, _("L’envoi reprendra dans une minute."))


@bp.post("/bureau/envois/<int:campaign_id>/nouvel-essai")
@staff("sender")
def hasten(campaign_id: int) -> ResponseReturnValue:
    """Try those again now who were to be tried later."""
    with transaction():
        count = redelivery.hasten(campaign_id, g.account.actor, now())
    return _to(campaign_id, words.hastened(count))


@bp.post("/bureau/envois/<int:campaign_id>/renvoi")
@staff("sender")
def revive(campaign_id: int) -> ResponseReturnValue:
    """Write once more to those whose mail was given up after deferrals."""
    with transaction():
        count = redelivery.revive(campaign_id, g.account.actor, now())
    return _to(campaign_id, words.queued(count))


@bp.post("/bureau/envois/<int:campaign_id>/incertains")
@staff("sender")
def repeat(campaign_id: int) -> ResponseReturnValue:
    """Write once more to those of whom nobody knows whether the letter came."""
    with transaction():
        count = redelivery.repeat(campaign_id, g.account.actor, now())
    return _to(campaign_id, words.queued(count))


def _to(campaign_id: int, done: str) -> Response:
    flash(done)
    return redirect(url_for("delivery.campaign", campaign_id=campaign_id), 303)
