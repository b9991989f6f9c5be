"""What the officer does to a case, one button each; a refusal comes back with its reason."""

from collections.abc import Callable

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.audit.operations import record
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict, NotFound
from mailer.rights import (
    asking,
    documents,
    extending,
    lifting,
    merging,
    operations,
    queries,
)
from mailer.rights.answer_forms import ClosingForm
from mailer.rights.blueprint import bp
from mailer.rights.case_forms import (
    ExtensionForm,
    LiftingForm,
    MergeForm,
    NoteForm,
    QuestionForm,
    VerificationForm,
)
from mailer.rights.desk import case_page
from mailer.rights.forms import LONGEST_MESSAGE, written
from mailer.rights.models import RightsRequest
from mailer.rights.papers import ending
from mailer.rights.refusal_words import REFUSALS
from mailer.rights.states import Event, Refusal, Refused
from mailer.rights.taken_away import taken_away
from mailer.web.access import staff
from mailer.web.forms import StaffForm

Act = Callable[[RightsRequest], None]


def act_on(
    reference: str, act: Act, done: str, *others: str, **forms: StaffForm
) -> ResponseReturnValue:
    """Do it to the case, holding the others too, or show the case with what is to be mended."""
    try:
        with transaction():
            found = queries.held(reference, *others)
            if not all(form.validate() for form in forms.values()):
                return case_page(found, **forms), 422
            act(found)
    except Refused as refused:
        flash(REFUSALS[refused.why])
    except (Conflict, NotFound):
        # Somebody was quicker: what the button was about is no more. A case that never was is 404.
        queries.by_reference(reference)
        flash(REFUSALS[Refusal.NOT_NOW])
    else:
        flash(done)
    return redirect(url_for(".case", reference=reference), 303)


@bp.post("/bureau/demandes/<reference>/adresse")
@staff("dpo")
def reveal(reference: str) -> ResponseReturnValue:
    """The address in full, to whom asks for it; the asking is recorded."""
    with transaction():
        found = queries.by_reference(reference)
        record(g.account.actor, "reveal-address", operations.subject(found))
    return case_page(found, is_revealed=True)


@bp.post("/bureau/demandes/<reference>/identite")
@staff("dpo")
def ask_identity(reference: str) -> ResponseReturnValue:
    form = QuestionForm()
    return act_on(
        reference,
        lambda found: asking.ask(found, form.question, g.account.actor, now()),
        _("La question part, et le délai est suspendu."),
        question=form,
    )


@bp.post("/bureau/demandes/<reference>/identite/verification")
@staff("dpo")
def confirm_identity(reference: str) -> ResponseReturnValue:
    form = VerificationForm()
    return act_on(
        reference,
        lambda found: asking.confirm(found, form.seen.data, g.account.actor, now()),
        _("Identité vérifiée : le délai reprend. Ce qui avait été déposé est effacé."),
        verification=form,
    )


@bp.post("/bureau/demandes/<reference>/identite/echec")
@staff("dpo")
def fail_identity(reference: str) -> ResponseReturnValue:
    return act_on(
        reference,
        lambda found: asking.fail(found, g.account.actor, now()),
        _("La demande est close : la personne n’a pas pu être identifiée."),
    )


@bp.get("/bureau/demandes/<reference>/piece")
@staff("dpo")
def document(reference: str) -> ResponseReturnValue:
    with transaction():
        content = asking.document(queries.by_reference(reference), g.account.actor)
    return taken_away(content, f"piece{ending(content)}")


@bp.get("/bureau/demandes/<reference>/pieces/<int:number>")
@staff("dpo")
def paper(reference: str, number: int) -> ResponseReturnValue:
    """A paper of the case; each look is recorded."""
    with transaction():
        content = documents.read(queries.by_reference(reference), number, g.account.actor)
    return taken_away(content, f"piece{ending(content)}")


@bp.post("/bureau/demandes/<reference>/prolongation")
@staff("dpo")
def extend(reference: str) -> ResponseReturnValue:
    form = ExtensionForm()
    return act_on(
        reference,
        lambda found: extending.extend(found, form.reasons, g.account.actor, now()),
        _("Délai prolongé : la personne en est prévenue."),
        extension=form,
    )


@bp.post("/bureau/demandes/<reference>/notes")
@staff("dpo")
def note(reference: str) -> ResponseReturnValue:
    form = NoteForm()
    return act_on(
        reference,
        lambda found: operations.note(found, form.words.data, g.account.actor, now()),
        _("Note gardée."),
        note=form,
    )


@bp.post("/bureau/demandes/<reference>/taches")
@staff("dpo")
def finish_task(reference: str) -> ResponseReturnValue:
    number = request.form.get("task", type=int)
    proof = written(request.form.get("proof"))[:LONGEST_MESSAGE]
    return act_on(
        reference,
        lambda found: operations.finish_task(found, number, proof, g.account.actor, now()),
        _("C’est noté."),
    )


@bp.post("/bureau/demandes/<reference>/doublon")
@staff("dpo")
def merge(reference: str) -> ResponseReturnValue:
    form = MergeForm()
    return act_on(
        reference,
        lambda found: merging.merge(
            found, queries.held(form.other.data), form.sameness.data, g.account.actor, now()
        ),
        _("Les deux demandes n’en font plus qu’une."),
        form.other.data or "",
        merger=form,
    )


@bp.post("/bureau/demandes/<reference>/levee")
@staff("dpo")
def announce_lifting(reference: str) -> ResponseReturnValue:
    form = LiftingForm()
    return act_on(
        reference,
        lambda found: lifting.announce(found, form.why.data, g.account.actor, now()),
        _("La personne est prévenue. Vous pouvez maintenant lever la limitation."),
        lifting=form,
    )


@bp.post("/bureau/demandes/<reference>/levee/effet")
@staff("dpo")
def lift(reference: str) -> ResponseReturnValue:
    return act_on(
        reference,
        lambda found: lifting.lift(found, g.account.actor, now()),
        _("Limitation levée."),
    )


@bp.post("/bureau/demandes/<reference>/cloture")
@staff("dpo")
def close(reference: str) -> ResponseReturnValue:
    """End the case without an answer; a duplicate is merged instead."""
    form = ClosingForm()
    return act_on(
        reference,
        lambda found: operations.close(
            found, Event(form.event.data), form.reason.data, g.account.actor, now()
        ),
        _("La demande est close sans réponse."),
        closing=form,
    )
