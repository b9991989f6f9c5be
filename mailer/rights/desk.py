"""The officer's page of a case. Who lacks the role finds nothing."""

from flask import render_template
from flask.typing import ResponseReturnValue

from mailer import addresses
from mailer.accounts.queries import names_of
from mailer.audit.looks import Why, looks, seen
from mailer.clock import now, paris_day
from mailer.oversight import queries as oversight
from mailer.oversight.naming import who
from mailer.oversight.queries import Looker
from mailer.rights import holdings, labels, lifting, operations, queries, queue, words
from mailer.rights.answer_forms import ClosingForm, for_case
from mailer.rights.blueprint import bp
from mailer.rights.case_forms import (
    ExtensionForm,
    LiftingForm,
    MergeForm,
    NoteForm,
    QuestionForm,
    VerificationForm,
)
from mailer.rights.counting import base_due
from mailer.rights.file_forms import (
    AddressForm,
    ComplaintForm,
    CorrectionForm,
    FollowUpForm,
    HoldForm,
    MailboxForm,
)
from mailer.rights.identity import needed_for, needs_proof
from mailer.rights.incoming import queries as incoming
from mailer.rights.kinds import AT_ONCE, Right
from mailer.rights.models import RightsRequest
from mailer.rights.states import OPEN
from mailer.web.access import staff
from mailer.web.forms import StaffForm


@bp.get("/bureau/demandes/<reference>")
@staff("dpo")
@looks(Why.RIGHTS)
def case(reference: str) -> ResponseReturnValue:
    """The whole case, its address masked; each look is recorded."""
    found = queries.by_reference(reference)
    seen("read", operations.subject(found))
    return case_page(found)


def case_page(found: RightsRequest, *, is_revealed: bool = False, **forms: StaffForm) -> str:
    """The page of a case, with the forms as they were typed; the address masked until asked for."""
    today = paris_day(now())
    empty = {name: blank(None) for name, blank in CASE_FORMS.items() if name not in forms}
    answering = {} if "form" in forms else {"form": for_case(found)(None)}
    return render_template(
        "rights/case.html",
        case=found,
        address=_shown(found.address, is_revealed=is_revealed),
        is_revealed=is_revealed,
        is_open=found.state in OPEN,
        is_late=found.due < today,
        is_soon=queue.is_soon(found.due, today),
        needs_proof=needs_proof(found.rights, found.requester),
        is_proven=found.level >= needed_for(found.rights, found.requester),
        is_restricted=lifting.is_restricted(found),
        lifts_on=lifting.ends_on(found.lift_told_at) if found.lift_told_at else None,
        is_late_to_extend=base_due(found, today) < today,
        is_rectification=Right.RECTIFICATION in found.rights,
        masked=addresses.masked,
        today=today,
        held=holdings.found(found.fingerprint),
        mails=incoming.of_case(found.id),
        lookers=_lookers(found),
        calendar=labels.CALENDARS[found.calendar],
        at_once=AT_ONCE,
        labels=labels,
        words=words,
        **(empty | answering | forms),
    )


def _lookers(found: RightsRequest) -> list[tuple[str, Looker]]:
    """Who looked at the case, by name, the last first."""
    looked = oversight.lookers(operations.subject(found))
    names = names_of([each.actor for each in looked])
    return [(who(each.actor, names), each) for each in looked]


def _shown(address: str, *, is_revealed: bool) -> str:
    """Nothing for who gave none."""
    return address if is_revealed or not address else addresses.masked(address)


CASE_FORMS: dict[str, type[StaffForm]] = {
    "closing": ClosingForm,
    "question": QuestionForm,
    "verification": VerificationForm,
    "extension": ExtensionForm,
    "note": NoteForm,
    "lifting": LiftingForm,
    "merger": MergeForm,
    "mailbox": MailboxForm,
    "naming": AddressForm,
    "correction": CorrectionForm,
    "complaint": ComplaintForm,
    "holding": HoldForm,
    "following": FollowUpForm,
}
