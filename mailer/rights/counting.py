"""The clock of a case: what its questions and its extension make of its date (GDPR art. 12(3))."""

from dataclasses import asdict
from datetime import date

from mailer import rulebook
from mailer.rights.deadlines import Due, Step, Suspension, answer_due
from mailer.rights.models import RightsRequest


def base_due(case: RightsRequest, today: date) -> date:
    """The last day in time without an extension; a question that still waits counts to today."""
    return _counted(case, today, extended=False).due


def recount(case: RightsRequest, today: date) -> None:
    """Have the case hold its date as it is now, each step of it, and the rules that it follows."""
    counted = _counted(case, today, extended=case.extension is not None)
    case.raw_due, case.due = counted.raw, counted.due
    case.steps = [stored(step) for step in counted.steps]
    case.rulebook_version = rulebook.load().version


def stored(step: Step) -> dict[str, str]:
    """A step of the computation as the case keeps it."""
    return asdict(step) | {"day": step.day.isoformat(), "cause": step.cause.value}


def _counted(case: RightsRequest, today: date, *, extended: bool) -> Due:
    waited = [Suspension(each.asked_on, each.answered_on or today) for each in case.questions]
    return answer_due(
        case.received_on, rulebook.load(), case.calendar, extended=extended, suspensions=waited
    )
