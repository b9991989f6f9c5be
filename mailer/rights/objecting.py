"""From a letter, one press: nothing is sent any more (GDPR art. 21(2), 21(3), 21(5))."""

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from mailer import addresses
from mailer.clock import now
from mailer.consent.queries import is_sendable
from mailer.db import transaction
from mailer.rights import operations, queries
from mailer.rights.blueprint import bp
from mailer.rights.deadlines import receipt_day
from mailer.rights.kinds import Right
from mailer.rights.models import Channel, RightsRequest
from mailer.rights.operations import Intake
from mailer.subscriptions.leaving import ticket
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.queries import find_subscription, hold
from mailer.tokens import RIGHTS_REGISTERED
from mailer.web.access import public


@bp.post("/droits/opposition/<token>")
@public
def object_to_letters(token: str) -> ResponseReturnValue:
    """No proof is asked, and no form: the letter's own link says whom it is about."""
    line = find_subscription(ticket(token)[0])
    if line is None:
        return redirect(url_for(".form"), 303)
    with transaction():
        token = RIGHTS_REGISTERED.sign(_objection(line.subscriber).id)
    return redirect(url_for(".registered", token=token), 303)


def _objection(person: Subscriber) -> RightsRequest:
    """The request of that press; a second press finds the first one."""
    hold(Subscriber.id == person.id)
    known = queries.last_objection(person.fingerprint)
    if known and not is_sendable(person.fingerprint):
        return known
    at = now()
    intake = Intake(
        address=addresses.parse(person.address),
        fingerprint=person.fingerprint,
        rights=(Right.OBJECTION,),
        verbatim=_("Bouton « Ne plus rien recevoir », au bout du lien d’une lettre."),
        channel=Channel.FORM,
        received_on=receipt_day(at),
        language=str(get_locale()),
        calendar=current_app.config["HOLIDAY_CALENDAR"],
    )
    return operations.receive(intake, "subject", at)
