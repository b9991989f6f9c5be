"""Telling whoever the data went to that they were corrected, erased or set aside (GDPR art. 19)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from mailer.clock import paris_day
from mailer.rights import words, writing
from mailer.rights.addressing import Destination
from mailer.rights.carriage import Via
from mailer.rights.kinds import TELLING, Right
from mailer.rights.letters import Fact
from mailer.rights.models import RightsRequest
from mailer.rights.proceedings import Task, TaskKind
from mailer.rights.states import State


def tell(case: RightsRequest, given: Iterable[Right], actor: str, at: datetime) -> None:
    """Write to each processor that was not told by other means, in the act that it tells of."""
    if not case.address:
        return
    granted = [right for right in given if right in TELLING]
    waiting = [task for task in _processors(case) if task.done_at is None]
    for task in waiting if granted else ():
        writing.inform(case, _facts(case, granted, at), at, _destination(task.processor))
        task.done_at, task.done_by = at, actor


def _destination(processor: str) -> Destination:
    """The mailbox of the settings, or paper."""
    mailbox = current_app.config["PROCESSOR_MAILBOXES"].get(processor, "")
    return Destination(Via.EMAIL, mailbox) if mailbox else Destination(Via.POST)


def _facts(case: RightsRequest, granted: Iterable[Right], at: datetime) -> dict[str, Fact]:
    with force_locale(writing.HOUSE_LANGUAGE):
        return {
            "subject_id": case.address,
            "action": tuple(_action(case, right) for right in granted),
            "done_on": paris_day(at),
        }


def _action(case: RightsRequest, right: Right) -> str:
    changes = ", ".join(f"{each.before} → {each.after}" for each in case.corrections)
    asked = {
        Right.ERASURE: _("Effacer cette personne de vos fichiers"),
        Right.RESTRICTION: _("Ne plus vous servir des données de cette personne, sans les effacer"),
        Right.RECTIFICATION: _("Corriger : %(changes)s", changes=changes),
    }
    return str(asked[right])


def told(case: RightsRequest, today: date) -> tuple[str, ...]:
    """Who is told, a line each; who waits yet is told with the answer."""
    lines = tuple(_lines(case, today))
    return lines or (str(_("Personne : ces données n’ont été transmises à personne.")),)


def _lines(case: RightsRequest, today: date) -> Iterator[str]:
    for name, day in _days(case, today).items():
        yield str(_("%(processor)s, le %(day)s", processor=name, day=words.day(day)))


def _days(case: RightsRequest, today: date) -> dict[str, date]:
    """When each was told; before the case is taken in hand, whoever would be."""
    tasks = _processors(case)
    if not tasks and case.state == State.RECEIVED:
        return dict.fromkeys(current_app.config["PROCESSORS"], today)
    return {task.processor: paris_day(task.done_at) if task.done_at else today for task in tasks}


def _processors(case: RightsRequest) -> list[Task]:
    return [task for task in case.tasks if task.kind == TaskKind.PROCESSOR]
