"""What the law still asks for an incident, read from where it stands (GDPR art. 33 and 34)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mailer.breaches.kinds import Phase, Risk
from mailer.errors import Conflict


class Duty(StrEnum):
    """One thing that is still to do; an incident closes when none is left."""

    DESCRIBE = "describe"
    ASSESS = "assess"
    EXPLAIN_RISK = "explain_risk"
    NOTIFY = "notify"
    COMPLETE = "complete"
    TELL = "tell"


class Undone(Conflict):
    """The incident may not be closed yet: `duties` are what is still to do."""

    def __init__(self, duties: tuple[Duty, ...]) -> None:
        super().__init__(", ".join(duties))
        self.duties = duties


class Refusal(StrEnum):
    """Why something may not happen to an incident."""

    IS_CLOSED = "is_closed"
    NOT_THAT_PHASE = "not_that_phase"
    NOT_YET_KNOWN = "not_yet_known"
    NO_DELAY_REASONS = "no_delay_reasons"
    NO_SCOPE = "no_scope"
    NOBODY = "nobody"
    LETTER_LEFT = "letter_left"


class Refused(Conflict):
    """It may not happen: `why` says the reason."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Standing:
    """What an incident says of itself."""

    is_described: bool
    risk: Risk | None
    is_risk_explained: bool
    phases: tuple[Phase, ...]
    is_told: bool


def open_duties(standing: Standing) -> tuple[Duty, ...]:
    """What is still to do, in the order of the law; everything is documented (art. 33(5))."""
    asked = {
        Duty.DESCRIBE: not standing.is_described,
        Duty.ASSESS: standing.risk is None,
        # Who says that nobody is at risk must be able to show why (art. 33(1), 5(2)).
        Duty.EXPLAIN_RISK: standing.risk is not None and not standing.is_risk_explained,
        Duty.NOTIFY: must_notify(standing.risk) and not standing.phases,
        Duty.COMPLETE: is_incomplete(standing.phases),
        Duty.TELL: standing.risk == Risk.HIGH and not standing.is_told,
    }
    return tuple(duty for duty, is_open in asked.items() if is_open)


def must_notify(risk: Risk | None) -> bool:
    """Whether the authority must be told, as far as the risk is known."""
    return risk in (Risk.RISK, Risk.HIGH)


def is_incomplete(phases: Iterable[Phase]) -> bool:
    """Whether the authority was told in part, and waits for the rest (art. 33(4))."""
    known = set(phases)
    return Phase.INITIAL in known and Phase.COMPLEMENT not in known


def possible_phases(phases: Iterable[Phase]) -> tuple[Phase, ...]:
    """What the next notification can be: the first is whole or initial, all others complete it."""
    return (Phase.COMPLEMENT,) if set(phases) else (Phase.WHOLE, Phase.INITIAL)


def is_running(risk: Risk | None, phases: Iterable[Phase], *, is_closed: bool) -> bool:
    """Whether the clock runs: until the authority is told, or nobody is found to be at risk."""
    return not is_closed and risk != Risk.NONE and not set(phases)
