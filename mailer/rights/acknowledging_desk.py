"""The button that acknowledges several cases at once."""

from flask import flash, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mailer.clock import now
from mailer.db import transaction
from mailer.rights import acknowledging
from mailer.rights.assigning_desk import tell
from mailer.rights.blueprint import bp
from mailer.rights.queue_desk import address_of, asked
from mailer.web.access import staff


@bp.post("/bureau/demandes/accuses")
@staff("dpo")
def acknowledge_many() -> ResponseReturnValue:
    """Acknowledge every case whose box is ticked; those that cannot be are named."""
    chosen = request.form.getlist("reference")
    if not chosen:
        flash(_("Cochez au moins une demande."), "warn")
    with transaction():
        done = acknowledging.acknowledge(chosen, g.account.actor, now())
    tell(done.refused)
    if number := len(done.sent):
        flash(
            ngettext(
                "%(num)s accusé de réception part.", "%(num)s accusés de réception partent.", number
            )
        )
    return redirect(address_of(asked(request.form)), 303)
