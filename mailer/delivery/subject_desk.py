"""Staff choose the subject that the rest of the list gets, and approve those that are tried."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import subject_decisions
from mailer.delivery.blueprint import bp
from mailer.web.access import staff
from mailer.web.bounds import row_key


@bp.post("/bureau/envois/<int:campaign_id>/objet")
@staff("sender")
def choose_subject(campaign_id: int) -> ResponseReturnValue:
    position = request.form.get("position", 0, type=row_key)
    with transaction():
        subject_decisions.decide_by_hand(campaign_id, position, g.account.id, now())
    return _to(campaign_id, _("Les autres reçoivent la lettre avec cet objet."))


@bp.post("/bureau/envois/<int:campaign_id>/objets/approbation")
@staff("approver")
def approve_subjects(campaign_id: int) -> ResponseReturnValue:
    with transaction():
        subject_decisions.approve(campaign_id, g.account.id)
    return _to(campaign_id, _("Les objets sont approuvés."))


def _to(campaign_id: int, done: str) -> Response:
    flash(done)
    return redirect(url_for("delivery.campaign", campaign_id=campaign_id), 303)
