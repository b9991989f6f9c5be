"""The officer's page of a case. Who lacks the role finds nothing."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import addresses
from mailer.audit.operations import record
from mailer.clock import now, paris_day
from mailer.db import transaction
from mailer.rights import holdings, labels, lifting, operations, queries, words
from mailer.rights.answer_forms import ClosingForm, for_case
from mailer.rights.blueprint import bp
from mailer.rights.case_forms import ExtensionForm, LiftingForm, MergeForm, NoteForm, QuestionForm
from mailer.rights.identity import needed_for
from mailer.rights.kinds import AT_ONCE
from mailer.rights.models import RightsRequest
from mailer.rights.states import OPEN, Event
from mailer.web.access import staff
from mailer.web.forms import StaffForm


@bp.get("/bureau/demandes/<reference>")
@staff("dpo")
def case(reference: str) -> ResponseReturnValue:
    """The whole case, its address masked; each look is recorded."""
    with transaction():
        found = queries.by_reference(reference)
        record(g.account.actor, "read", operations.subject(found))
    return case_page(found)


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


def case_page(found: RightsRequest, *, is_revealed: bool = False, **forms: StaffForm) -> str:
    """The page of a case, with the forms as they were typed; the address masked until asked for."""
    today = paris_day(now())
    empty = {name: blank(None) for name, blank in CASE_FORMS.items() if name not in forms}
    answering = {} if "form" in forms else {"form": for_case(found)(None)}
    return render_template(
        "rights/case.html",
        case=found,
        address=found.address if is_revealed else addresses.masked(found.address),
        is_revealed=is_revealed,
        is_open=found.state in OPEN,
        is_late=found.due < today,
        is_proven=found.level >= needed_for(found.rights, found.requester),
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
