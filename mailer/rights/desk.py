"""The officer's desk: a case, a request typed in. Who lacks the role finds nothing."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import ImmutableMultiDict

from mailer import addresses
from mailer.audit.operations import record
from mailer.clock import now, paris_day
from mailer.consent.subjects import fingerprint_of
from mailer.db import transaction
from mailer.rights import emails, holdings, labels, lifting, operations, queries, words
from mailer.rights.blueprint import bp
from mailer.rights.case_forms import ExtensionForm, LiftingForm, MergeForm, NoteForm, QuestionForm
from mailer.rights.forms import AnswerForm, ClosingForm, IntakeForm, for_case
from mailer.rights.kinds import AT_ONCE
from mailer.rights.models import Channel, RightsRequest
from mailer.rights.operations import Decision, Intake
from mailer.rights.states import OPEN, Event, Refused
from mailer.web.access import staff
from mailer.web.forms import StaffForm


@bp.get("/bureau/demandes/nouvelle")
@staff("dpo")
def new() -> ResponseReturnValue:
    return render_template("rights/new.html", form=IntakeForm(None))


@bp.post("/bureau/demandes/nouvelle")
@staff("dpo")
def log() -> ResponseReturnValue:
    typed = IntakeForm()
    if not typed.validate():
        return render_template("rights/new.html", form=typed), 422
    with transaction():
        case = operations.receive(_intake(typed), g.account.actor, now())
        reference = case.reference
    flash(_("Demande enregistrée. L’accusé de réception part à l’adresse indiquée."))
    return redirect(url_for(".case", reference=reference), 303)


@bp.get("/bureau/demandes/<reference>")
@staff("dpo")
def case(reference: str) -> ResponseReturnValue:
    """The whole case, its address masked; each look is recorded."""
    with transaction():
        found = queries.by_reference(reference)
        record(g.account.actor, "read", operations.subject(found))
    return case_page(found)


@bp.post("/bureau/demandes/<reference>/apercu")
@staff("dpo")
def preview(reference: str) -> ResponseReturnValue:
    """The letter as it would leave, before it does."""
    found = queries.by_reference(reference)
    typed = _answer_form(found, request.form)
    if "change" in request.form:
        return case_page(found, form=typed)
    if not typed.validate():
        return case_page(found, form=typed), 422
    letter = emails.answer(found, typed.outcomes, typed.answer.data, typed.grounds.data)
    return render_template("rights/preview.html", case=found, form=typed, letter=letter)


@bp.post("/bureau/demandes/<reference>/reponse")
@staff("dpo")
def answer(reference: str) -> ResponseReturnValue:
    try:
        with transaction():
            found = queries.held(reference)
            typed = _answer_form(found, request.form)
            if not typed.validate():
                return case_page(found, form=typed), 422
            decision = Decision(
                typed.outcomes, typed.answer.data, typed.grounds.data, typed.grounds_in_law
            )
            operations.answer(found, decision, g.account.actor, now())
    except Refused as refused:
        flash(labels.REFUSALS[refused.why])
        return case_page(queries.by_reference(reference), form=typed), 409
    flash(_("La réponse part, et la demande est close."))
    return redirect(url_for(".case", reference=reference), 303)


@bp.post("/bureau/demandes/<reference>/cloture")
@staff("dpo")
def close(reference: str) -> ResponseReturnValue:
    typed = ClosingForm()
    with transaction():
        found = queries.held(reference)
        if not typed.validate():
            return case_page(found, closing=typed), 422
        event = Event(typed.event.data)
        operations.close(found, event, typed.reason.data, g.account.actor, now())
    flash(_("La demande est close sans réponse."))
    return redirect(url_for(".case", reference=reference), 303)


def _answer_form(found: RightsRequest, typed: ImmutableMultiDict[str, str] | None) -> AnswerForm:
    is_confirmed = found.mailbox_confirmed_at is not None
    return for_case(found.rights, is_confirmed=is_confirmed)(typed)


def case_page(found: RightsRequest, *, is_revealed: bool = False, **forms: StaffForm) -> str:
    """The page of a case, with the forms as they were typed; the address masked until asked for."""
    today = paris_day(now())
    empty = {name: blank(None) for name, blank in CASE_FORMS.items() if name not in forms}
    answering = {} if "form" in forms else {"form": _answer_form(found, None)}
    return render_template(
        "rights/case.html",
        case=found,
        address=found.address if is_revealed else addresses.masked(found.address),
        is_revealed=is_revealed,
        is_open=found.state in OPEN,
        is_late=found.due < today,
        is_restricted=lifting.is_restricted(found),
        today=today,
        held=holdings.found(found.fingerprint),
        calendar=labels.CALENDARS[found.calendar],
        at_once=AT_ONCE,
        labels=labels,
        words=words,
        **(empty | answering | forms),
    )


CASE_FORMS: dict[str, type[StaffForm]] = {
    "closing": ClosingForm,
    "question": QuestionForm,
    "extension": ExtensionForm,
    "note": NoteForm,
    "lifting": LiftingForm,
    "merger": MergeForm,
}


def _intake(typed: IntakeForm) -> Intake:
    address = addresses.parse(typed.address.data)
    return Intake(
        address=address,
        fingerprint=fingerprint_of(address),
        rights=typed.chosen,
        verbatim=typed.verbatim.data,
        channel=Channel(typed.channel.data),
        received_on=typed.received_on.data,
        language=typed.language.data,
        calendar=current_app.config["HOLIDAY_CALENDAR"],
    )
