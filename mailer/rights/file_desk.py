"""Around a case: what is corrected, who complains, what keeps the file, what follows it."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import addresses
from mailer.clock import now
from mailer.db import transaction
from mailer.rights import correcting, holding, operations, queries
from mailer.rights.blueprint import bp
from mailer.rights.case_desk import act_on
from mailer.rights.desk import case_page
from mailer.rights.file_forms import (
    AddressForm,
    ComplaintForm,
    CorrectionForm,
    FollowUpForm,
    HoldForm,
    MailboxForm,
)
from mailer.rights.models import RightsRequest
from mailer.rights.refusal_words import REFUSALS
from mailer.rights.states import Refused
from mailer.web.access import staff


@bp.post("/bureau/demandes/<reference>/boite")
@staff("dpo")
def move_mailbox(reference: str) -> ResponseReturnValue:
    """Ask both mailboxes."""
    form = MailboxForm()
    return act_on(
        reference,
        lambda found: _move(found, form),
        _("Les deux boîtes reçoivent une question. Rien ne change avant leurs deux accords."),
        mailbox=form,
    )


def _move(found: RightsRequest, form: MailboxForm) -> None:
    correcting.move_mailbox(found, addresses.parse(form.moved_to.data), g.account.actor, now())


@bp.post("/bureau/demandes/<reference>/adresse-apprise")
@staff("dpo")
def name_mailbox(reference: str) -> ResponseReturnValue:
    """The address that a letter did not give, asked for afterwards."""
    form = AddressForm()
    return act_on(
        reference,
        lambda found: operations.name_mailbox(
            found, addresses.parse(form.learnt.data), g.account.actor, now()
        ),
        _("Adresse notée. La personne y reçoit de quoi confirmer sa demande."),
        naming=form,
    )


@bp.post("/bureau/demandes/<reference>/corrections")
@staff("dpo")
def note_correction(reference: str) -> ResponseReturnValue:
    form = CorrectionForm()
    return act_on(
        reference,
        lambda found: correcting.note(
            found, form.before.data, form.after.data, g.account.actor, now()
        ),
        _("Correction notée."),
        correction=form,
    )


@bp.post("/bureau/demandes/<reference>/reclamation")
@staff("dpo")
def complain(reference: str) -> ResponseReturnValue:
    form = ComplaintForm()
    return act_on(
        reference,
        lambda found: holding.complain(found, form.number.data, g.account.actor, now()),
        _("Réclamation notée : le dossier est gardé jusqu’à sa fin."),
        complaint=form,
    )


@bp.post("/bureau/demandes/<reference>/retenue")
@staff("dpo")
def hold(reference: str) -> ResponseReturnValue:
    """Keep the file for a litigation, or let it go."""
    form = HoldForm()
    does, said = (
        (holding.release, _("La retenue est levée."))
        if "release" in request.form
        else (holding.hold, _("Le dossier est gardé tant que dure le litige."))
    )
    return act_on(
        reference,
        lambda found: does(found, form.held_because.data, g.account.actor, now()),
        said,
        holding=form,
    )


@bp.post("/bureau/demandes/<reference>/suite")
@staff("dpo")
def follow_up(reference: str) -> ResponseReturnValue:
    """A closed case is never edited: what follows is another one."""
    form = FollowUpForm()
    try:
        with transaction():
            found = queries.held(reference)
            if not form.validate():
                return case_page(found, following=form), 422
            opened = holding.follow_up(
                found, form.follows_on.data, form.follows.data, g.account.actor, now()
            )
            reference = opened.reference
    except Refused as refused:
        flash(REFUSALS[refused.why])
    return redirect(url_for(".case", reference=reference), 303)
