"""The history of one address, and the way back for one that was given up. Each look is recorded."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mailer import addresses
from mailer.audit.looks import Why, looks, seen
from mailer.audit.operations import record
from mailer.bounces import person
from mailer.bounces.blueprint import bp
from mailer.bounces.forms import RestoreForm
from mailer.bounces.person import History
from mailer.clock import now
from mailer.consent.forms import ProofForm
from mailer.consent.subjects import fingerprint_of
from mailer.db import transaction
from mailer.web.access import staff

SEES = ("subscribers", "admin")


@bp.get("/bureau/retours/adresse")
@staff(*SEES)
def address() -> ResponseReturnValue:
    """Whose history is wanted."""
    return render_template("bounces/address.html", form=ProofForm())


@bp.post("/bureau/retours/adresse")
@staff(*SEES)
def find_address() -> ResponseReturnValue:
    """On to the page of the address that was posted; it stands in no address of a page."""
    form = ProofForm()
    if not form.validate():
        return render_template("bounces/address.html", form=form), 422
    fingerprint = fingerprint_of(addresses.parse(form.address.data))
    with transaction():
        record(g.account.actor, "look-returns", f"fingerprint:{fingerprint}")
        if found := person.subscriber_of(fingerprint):
            return _to_subscriber(found.id)
        if suppression := person.suppression_of(fingerprint):
            return redirect(url_for("bounces.suppression", suppression_id=suppression.id), code=303)
    return render_template("bounces/address.html", form=form, is_unknown=True)


@bp.get("/bureau/retours/abonnes/<int:subscriber_id>")
@staff(*SEES)
@looks(Why.RETURNS)
def subscriber(subscriber_id: int) -> ResponseReturnValue:
    """The letters to that person, and what came of each."""
    seen("look-returns", f"subscriber:{subscriber_id}")
    return _shown(person.of_subscriber(subscriber_id))


@bp.get("/bureau/retours/suppressions/<int:suppression_id>")
@staff(*SEES)
@looks(Why.RETURNS)
def suppression(suppression_id: int) -> ResponseReturnValue:
    """Why an address is not written to, of which perhaps nothing else is kept."""
    seen("look-returns", f"suppression:{suppression_id}")
    return _shown(person.of_suppression(suppression_id))


@bp.get("/bureau/retours/suppressions/<int:suppression_id>/levee")
@staff(*SEES)
@looks(Why.RETURNS)
def restoration(suppression_id: int) -> ResponseReturnValue:
    """What writing to the address again means, before it is decided."""
    seen("look-returns", f"suppression:{suppression_id}")
    return _asked(person.of_suppression(suppression_id), RestoreForm()), 200


@bp.post("/bureau/retours/suppressions/<int:suppression_id>/levee")
@staff(*SEES)
def restore(suppression_id: int) -> ResponseReturnValue:
    """Write to the address again, for the reason that was typed."""
    found, form = person.of_suppression(suppression_id), RestoreForm()
    if not found.is_restorable:
        return _asked(found, form), 409
    if not form.validate():
        return _asked(found, form), 422
    with transaction():
        person.restore(suppression_id, form.reason.data.strip(), now(), g.account.actor)
        record(g.account.actor, "restore", f"suppression:{suppression_id}")
    flash(_("Nous écrirons de nouveau à cette adresse, dès la prochaine lettre."))
    if found.person is None:
        return redirect(url_for("bounces.address"), code=303)
    return _to_subscriber(found.person.id)


def _to_subscriber(number: int) -> Response:
    return redirect(url_for("bounces.subscriber", subscriber_id=number), code=303)


def _shown(history: History) -> str:
    return render_template("bounces/history.html", history=history, masked=addresses.masked)


def _asked(history: History, form: RestoreForm) -> str:
    return render_template("bounces/restore.html", history=history, form=form)
