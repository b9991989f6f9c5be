"""What newcomers receive: set up, given letters, started, paused, stopped."""

from collections.abc import Sequence as Several

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import rounds, sequence_words, sequences
from mailer.delivery import sequence_queries as queries
from mailer.delivery.blueprint import bp
from mailer.delivery.sequence_form import NewSequenceForm, StepForm
from mailer.delivery.sequence_models import Sequence, SequenceStep
from mailer.delivery.sequence_rules import AGAIN, LATEST, SequenceState
from mailer.errors import Conflict, NotFound
from mailer.newsletters.models import Issue
from mailer.subscriptions import queries as lists
from mailer.web.access import staff
from mailer.web.charts import say


@bp.get("/bureau/series", endpoint="sequences")
@staff("editor", "sender")
def index() -> ResponseReturnValue:
    return render_template(
        "delivery/sequences/sequences.html", sequences=queries.sequences(), words=sequence_words
    )


@bp.get("/bureau/series/nouvelle")
@staff("editor")
def new_sequence() -> ResponseReturnValue:
    return _new_page(_new_form(), 200)


@bp.post("/bureau/series")
@staff("editor")
def create_sequence() -> ResponseReturnValue:
    form = _new_form()
    if not form.validate():
        return _new_page(form, 422)
    with transaction():
        sequence_id = sequences.set_up(form.list.data, g.account.id, now()).id
    flash(_("La série est créée. Ajoutez-lui sa première lettre."))
    return _to(sequence_id)


@bp.get("/bureau/series/<int:sequence_id>")
@staff("editor", "sender")
def sequence(sequence_id: int) -> ResponseReturnValue:
    return _page("sequence", queries.sequence(sequence_id))


@bp.get("/bureau/series/<int:sequence_id>/etapes/nouvelle")
@staff("editor")
def new_step(sequence_id: int) -> ResponseReturnValue:
    found = queries.sequence(sequence_id)
    return _step_page(found, None, _step_form(found, None), 200)


@bp.post("/bureau/series/<int:sequence_id>/etapes")
@staff("editor")
def add_step(sequence_id: int) -> ResponseReturnValue:
    found = queries.sequence(sequence_id)
    form = _step_form(found, None)
    if not form.validate():
        return _step_page(found, None, form, 422)
    with transaction():
        locked = queries.locked(sequence_id)
        sequences.add(locked, form.days.data, form.letter.data, g.account.actor, now())
    flash(_("La lettre est dans la série."))
    return _to(sequence_id)


@bp.get("/bureau/series/<int:sequence_id>/etapes/<int:step_id>")
@staff("editor")
def edit_step(sequence_id: int, step_id: int) -> ResponseReturnValue:
    found = queries.sequence(sequence_id)
    step = _step(found, step_id)
    form = _step_form(found, step)
    form.days.data, form.letter.data = step.days, step.issue_id
    return _step_page(found, step, form, 200)


@bp.post("/bureau/series/<int:sequence_id>/etapes/<int:step_id>")
@staff("editor")
def change_step(sequence_id: int, step_id: int) -> ResponseReturnValue:
    found = queries.sequence(sequence_id)
    step = _step(found, step_id)
    form = _step_form(found, step)
    if not form.validate():
        return _step_page(found, step, form, 422)
    with transaction():
        step = _step(queries.locked(sequence_id), step_id)
        sequences.change(step, form.days.data, form.letter.data, g.account.actor, now())
    flash(_("La série est changée."))
    return _to(sequence_id)


@bp.post("/bureau/series/<int:sequence_id>/etapes/<int:step_id>/suppression")
@staff("editor")
def remove_step(sequence_id: int, step_id: int) -> ResponseReturnValue:
    with transaction():
        step = _step(queries.locked(sequence_id), step_id)
        sequences.remove(step, g.account.actor, now())
    flash(_("La lettre n’est plus dans la série."))
    return _to(sequence_id)


@bp.get("/bureau/series/<int:sequence_id>/marche")
@staff("sender")
def start_check(sequence_id: int) -> ResponseReturnValue:
    """What would leave by itself, for whom, before it does."""
    return _page("start", queries.sequence(sequence_id))


@bp.post("/bureau/series/<int:sequence_id>/marche")
@staff("sender")
def start_sequence(sequence_id: int) -> ResponseReturnValue:
    try:
        with transaction():
            sequences.start(queries.locked(sequence_id), g.account.id, now())
    except Conflict:
        return _page("start", queries.sequence(sequence_id)), 422
    flash(_("La série est en marche."))
    return _to(sequence_id)


@bp.get("/bureau/series/<int:sequence_id>/pause")
@staff("editor", "sender")
def pause_check(sequence_id: int) -> ResponseReturnValue:
    return _page("pause", queries.sequence(sequence_id))


@bp.post("/bureau/series/<int:sequence_id>/pause")
@staff("editor", "sender")
def pause_sequence(sequence_id: int) -> ResponseReturnValue:
    with transaction():
        rounds.pause(queries.locked(sequence_id), g.account.actor)
    flash(_("La série est en pause : plus rien ne part."))
    return _to(sequence_id)


@bp.get("/bureau/series/<int:sequence_id>/arret")
@staff("sender")
def stop_check(sequence_id: int) -> ResponseReturnValue:
    return _page("stop", queries.sequence(sequence_id))


@bp.post("/bureau/series/<int:sequence_id>/arret")
@staff("sender")
def stop_sequence(sequence_id: int) -> ResponseReturnValue:
    with transaction():
        sequences.stop(queries.locked(sequence_id), g.account.actor, now())
    flash(_("La série est arrêtée."))
    return _to(sequence_id)


def _to(sequence_id: int) -> ResponseReturnValue:
    return redirect(url_for("delivery.sequence", sequence_id=sequence_id), 303)


def _page(name: str, found: Sequence) -> str:
    return render_template(
        f"delivery/sequences/{name}.html",
        sequence=found,
        told=sequence_words.told(found),
        words=sequence_words,
        say=say,
        is_running=found.state is SequenceState.RUNNING,
        awaits_second_look=queries.awaits_second_look(found, now()),
        again=AGAIN.days,
        latest=LATEST.days,
    )


def _step(found: Sequence, step_id: int) -> SequenceStep:
    for step in found.steps:
        if step.id == step_id:
            return step
    raise NotFound("sequence step")


def _new_form() -> NewSequenceForm:
    taken = queries.of_lists()
    return NewSequenceForm().offering([row for row in lists.open_lists() if row.id not in taken])


def _new_page(form: NewSequenceForm, status: int) -> ResponseReturnValue:
    is_first = not queries.sequences()
    return render_template("delivery/sequences/new.html", form=form, is_first=is_first), status


def _step_form(found: Sequence, step: SequenceStep | None) -> StepForm:
    form = StepForm().offering(_letters(found, step), found, step)
    if step is None and not form.is_submitted():
        form.days.data = found.steps[-1].days + 3 if found.steps else 0
    return form


def _letters(found: Sequence, step: SequenceStep | None) -> Several[Issue]:
    """The letters of the list that may leave; that of the step, whatever has become of it."""
    approved = queries.letters(found.list_id)
    return approved if step is None or step.issue in approved else [step.issue, *approved]


def _step_page(
    found: Sequence, step: SequenceStep | None, form: StepForm, status: int
) -> ResponseReturnValue:
    page = render_template(
        "delivery/sequences/step.html",
        sequence=found,
        step=step,
        form=form,
        words=sequence_words,
        is_running=found.state is SequenceState.RUNNING,
    )
    return page, status
