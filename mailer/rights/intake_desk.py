"""Typing in a request that came by letter, call, visit or mail: its clock runs since receipt."""

from datetime import datetime

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import rulebook
from mailer.clock import now
from mailer.consent.subjects import fingerprint_of, nobody
from mailer.db import transaction
from mailer.rights import documents, operations
from mailer.rights.blueprint import bp
from mailer.rights.carriage import Via
from mailer.rights.incoming import labels
from mailer.rights.incoming.recognising import recognise
from mailer.rights.intake_forms import IntakeForm, content, parsed
from mailer.rights.models import Channel, RightsRequest
from mailer.rights.operations import Intake
from mailer.rights.proceedings import DocumentKind
from mailer.rights.requesters import REPRESENTING, Requester
from mailer.web.access import staff
from mailer.web.bounds import takes_a_file


@bp.get("/bureau/demandes/nouvelle")
@staff("dpo")
def new() -> ResponseReturnValue:
    return render_template("rights/new.html", form=IntakeForm(None))


@bp.post("/bureau/demandes/nouvelle")
@staff("dpo")
@takes_a_file("PAPER_MAX_MEGABYTES")
def log() -> ResponseReturnValue:
    typed = IntakeForm()
    if not typed.validate():
        return render_template("rights/new.html", form=typed, seems=seems(typed)), 422
    at = now()
    with transaction():
        case = operations.receive(intake(typed), g.account.actor, at)
        file_papers(case, typed, at)
        reference = case.reference
    flash(_("Demande enregistrée. L’accusé de réception est écrit."))
    return redirect(url_for(".case", reference=reference), 303)


def seems(typed: IntakeForm) -> list[str]:
    """What the text seems to exercise, while no right is ticked."""
    if typed.rights.data:
        return []
    return labels.suggested(recognise(typed.verbatim.data, rulebook.load()))


def file_papers(case: RightsRequest, typed: IntakeForm, at: datetime) -> None:
    """Keep with the case what was sent with the form."""
    papers = {
        DocumentKind.SCAN: content(typed.scan),
        DocumentKind.MANDATE: content(typed.mandate),
    }
    for kind, paper in papers.items():
        if paper:
            documents.file(case, kind, paper, g.account.actor, at)


def intake(typed: IntakeForm) -> Intake:
    """What the form says, as the request enters."""
    address, contact = parsed(typed.address.data), parsed(typed.contact.data)
    requester = Requester(typed.requester.data)
    is_represented = requester in REPRESENTING
    return Intake(
        address=address,
        fingerprint=fingerprint_of(address) if address else nobody(),
        rights=typed.chosen,
        verbatim=typed.verbatim.data,
        channel=Channel(typed.channel.data),
        received_on=typed.received_on.data,
        language=typed.language.data,
        calendar=current_app.config["HOLIDAY_CALENDAR"],
        requester=requester,
        representative=typed.representative.data if is_represented else "",
        contact=contact.display if contact and is_represented else "",
        heard_by=typed.heard_by.data,
        postal_address=typed.postal_address.data,
        answer_via=Via(typed.answer_via.data),
    )
