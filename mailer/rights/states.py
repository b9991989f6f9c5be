"""Where a request stands, what may happen to it from there, and why something may not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mailer.errors import Conflict
from mailer.rights.identity import Level
from mailer.rights.kinds import AT_ONCE, Right


class State(StrEnum):
    """The clock runs in the first four, identity_pending apart; the others are final."""

    RECEIVED = "received"
    IDENTITY_PENDING = "identity_pending"
    IN_PROGRESS = "in_progress"
    READY = "ready"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    UNIDENTIFIED = "unidentified"
    DUPLICATE = "duplicate"
    NOT_A_REQUEST = "not_a_request"
    TRANSFERRED = "transferred"
    ARCHIVED = "archived"


class Event(StrEnum):
    ASSIGN = "assign"
    UNASSIGN = "unassign"
    ASK_IDENTITY = "ask_identity"
    CONFIRM_IDENTITY = "confirm_identity"
    FAIL_IDENTITY = "fail_identity"
    EXTEND = "extend"
    DECIDE = "decide"
    RETURN = "return"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    MARK_DUPLICATE = "mark_duplicate"
    SET_ASIDE = "set_aside"
    TRANSFER = "transfer"
    COMPLAIN = "complain"
    HOLD = "hold"
    RELEASE = "release"
    FOLLOW_UP = "follow_up"
    ARCHIVE = "archive"


RUNNING = frozenset({State.RECEIVED, State.IN_PROGRESS, State.READY})
OPEN = RUNNING | {State.IDENTITY_PENDING}
FINAL = frozenset(State) - OPEN
CLOSED = FINAL - {State.ARCHIVED}

# They end a case without an answer, for a reason that the officer writes down.
ENDINGS = {
    Event.WITHDRAW: State.WITHDRAWN,
    Event.MARK_DUPLICATE: State.DUPLICATE,
    Event.SET_ASIDE: State.NOT_A_REQUEST,
    Event.TRANSFER: State.TRANSFERRED,
}

# Silence is never a refusal: nothing here moves a case whose date has passed.
TRANSITIONS: Mapping[tuple[State, Event], State] = {
    (State.RECEIVED, Event.ASSIGN): State.IN_PROGRESS,
    # In nobody's hands it is as it was received, unless somebody was asked or it is decided.
    (State.IN_PROGRESS, Event.UNASSIGN): State.RECEIVED,
    (State.IDENTITY_PENDING, Event.UNASSIGN): State.IDENTITY_PENDING,
    (State.READY, Event.UNASSIGN): State.READY,
    (State.RECEIVED, Event.ASK_IDENTITY): State.IDENTITY_PENDING,
    (State.IN_PROGRESS, Event.ASK_IDENTITY): State.IDENTITY_PENDING,
    (State.IDENTITY_PENDING, Event.CONFIRM_IDENTITY): State.IN_PROGRESS,
    (State.IDENTITY_PENDING, Event.FAIL_IDENTITY): State.UNIDENTIFIED,
    (State.IN_PROGRESS, Event.DECIDE): State.READY,
    (State.READY, Event.RETURN): State.IN_PROGRESS,
    (State.READY, Event.ANSWER): State.ANSWERED,
    **{(state, event): end for state in OPEN for event, end in ENDINGS.items()},
    # Another officer takes it over, or it gets its two months: the state is the same.
    **{(state, Event.ASSIGN): state for state in OPEN - {State.RECEIVED}},
    **{(state, Event.EXTEND): state for state in OPEN},
    **{
        (state, event): state
        for state in State
        for event in (Event.COMPLAIN, Event.HOLD, Event.RELEASE)
    },
    # A closed case is never edited: what follows is another one, which names it.
    **{(state, Event.FOLLOW_UP): state for state in CLOSED},
    **{(state, Event.ARCHIVE): State.ARCHIVED for state in CLOSED},
}


class Refusal(StrEnum):
    """Why something may not happen to a case now; labels.py has the sentences."""

    IS_CLOSED = "is_closed"
    NOT_NOW = "not_now"
    NO_DOUBT = "no_doubt"
    NO_IDENTITY_NEEDED = "no_identity_needed"
    ALREADY_PROVEN = "already_proven"
    NOT_PROVEN = "not_proven"
    NO_VERIFIER = "no_verifier"
    NOT_REMINDED = "not_reminded"
    STILL_TIME = "still_time"
    TOO_LATE = "too_late"
    EXTENDED_ONCE = "extended_once"
    NO_GROUND = "no_ground"
    UNDECIDED = "undecided"
    UNREASONED = "unreasoned"
    NOT_IDENTIFIED = "not_identified"
    CLOSED_BY_BASIS = "closed_by_basis"
    TASKS_OPEN = "tasks_open"
    UNCORRECTED = "uncorrected"
    NOT_OFFICER = "not_officer"
    NO_REASON = "no_reason"
    OTHER_MAILBOX = "other_mailbox"
    OTHER_REQUESTER = "other_requester"
    OTHER_IS_OVER = "other_is_over"
    IS_OLDER = "is_older"
    COPY_FIRST = "copy_first"
    ASKED_TOO_OFTEN = "asked_too_often"
    NO_SUBSCRIBER = "no_subscriber"
    FORGOTTEN = "forgotten"
    UNPROVEN_REPEAT = "unproven_repeat"
    NO_ADDRESS = "no_address"
    NO_NUMBER = "no_number"
    SAME_PERSON = "same_person"
    ON_HOLD = "on_hold"
    NOT_YOURS = "not_yours"
    ACKNOWLEDGED = "acknowledged"
    TOO_MANY_MAILS = "too_many_mails"


class Refused(Conflict):
    """What was asked may not happen to the case; `why` says the reason."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Facts:
    """What the guards look at, as it stands when something is to happen."""

    today: date
    # The last day in time without an extension, suspensions counted.
    base_due: date
    # What the officer typed: a doubt, a ground, a reason, a number.
    text: str = ""
    actor: str = ""
    is_officer: bool = True
    is_extended: bool = False
    needed: Level = Level.NONE
    proven: Level = Level.NONE
    wanted: Level = Level.NONE
    asked_on: date | None = None
    reminded_on: date | None = None
    identity_close_days: int = 0
    undecided: bool = False
    unreasoned: bool = False
    unidentified: bool = False
    closed_by_basis: bool = False
    tasks_open: bool = False
    uncorrected: bool = False
    # Something is given, or said to be nothing, of a person whose address is not known.
    unaddressed: bool = False
    # The other case would take over a right that this one does not prove.
    unproven_repeat: bool = False
    # Of the case that this one would join.
    same_mailbox: bool = True
    same_requester: bool = True
    other_is_over: bool = False
    is_older: bool = False
    on_hold: bool = False
    # Who decided, where another must sign; empty where one person may do both.
    decided_by: str = ""

    @property
    def time_is_up(self) -> bool:
        """Whether the person has had their days to show who they are."""
        patience = timedelta(days=self.identity_close_days)
        return self.asked_on is not None and self.today >= self.asked_on + patience


Check = tuple[Refusal, Callable[[Facts], bool]]

NO_REASON: Check = (Refusal.NO_REASON, lambda facts: not facts.text)

# What refuses each event, the first that holds being the reason.
GUARDS: Mapping[Event, tuple[Check, ...]] = {
    Event.ASSIGN: ((Refusal.NOT_OFFICER, lambda facts: not facts.is_officer),),
    Event.UNASSIGN: (),
    Event.ASK_IDENTITY: (
        (Refusal.NO_IDENTITY_NEEDED, lambda facts: facts.needed == Level.NONE),
        (Refusal.ALREADY_PROVEN, lambda facts: facts.proven >= facts.wanted),
        (Refusal.NO_DOUBT, lambda facts: not facts.text),
        (Refusal.NOT_OFFICER, lambda facts: not facts.is_officer),
    ),
    Event.CONFIRM_IDENTITY: (
        (Refusal.NO_VERIFIER, lambda facts: not facts.actor),
        (Refusal.NOT_PROVEN, lambda facts: facts.proven < facts.wanted),
    ),
    Event.FAIL_IDENTITY: (
        (Refusal.NOT_REMINDED, lambda facts: facts.reminded_on is None),
        (Refusal.STILL_TIME, lambda facts: not facts.time_is_up),
    ),
    Event.EXTEND: (
        (Refusal.EXTENDED_ONCE, lambda facts: facts.is_extended),
        (Refusal.TOO_LATE, lambda facts: facts.today > facts.base_due),
        (Refusal.NO_GROUND, lambda facts: not facts.text),
    ),
    Event.DECIDE: (
        (Refusal.UNDECIDED, lambda facts: facts.undecided),
        (Refusal.UNREASONED, lambda facts: facts.unreasoned),
        (Refusal.NO_ADDRESS, lambda facts: facts.unaddressed),
        (Refusal.NOT_IDENTIFIED, lambda facts: facts.unidentified),
        (Refusal.CLOSED_BY_BASIS, lambda facts: facts.closed_by_basis),
        (Refusal.TASKS_OPEN, lambda facts: facts.tasks_open),
        (Refusal.UNCORRECTED, lambda facts: facts.uncorrected),
    ),
    Event.RETURN: (NO_REASON,),
    Event.ANSWER: (
        (Refusal.NOT_OFFICER, lambda facts: not facts.is_officer),
        (Refusal.SAME_PERSON, lambda facts: facts.actor == facts.decided_by != ""),
    ),
    Event.WITHDRAW: (NO_REASON,),
    Event.MARK_DUPLICATE: (
        NO_REASON,
        (Refusal.OTHER_IS_OVER, lambda facts: facts.other_is_over),
        (Refusal.OTHER_MAILBOX, lambda facts: not facts.same_mailbox),
        (Refusal.OTHER_REQUESTER, lambda facts: not facts.same_requester),
        # The first day counts: a request that waits longer would lose it (GDPR art. 12(3)).
        (Refusal.IS_OLDER, lambda facts: facts.is_older),
        (Refusal.UNPROVEN_REPEAT, lambda facts: facts.unproven_repeat),
    ),
    Event.SET_ASIDE: (NO_REASON,),
    Event.TRANSFER: (NO_REASON,),
    Event.COMPLAIN: ((Refusal.NO_NUMBER, lambda facts: not facts.text),),
    Event.HOLD: (NO_REASON,),
    Event.RELEASE: (NO_REASON,),
    Event.FOLLOW_UP: (),
    Event.ARCHIVE: ((Refusal.ON_HOLD, lambda facts: facts.on_hold),),
}


def refusal(state: State, event: Event, facts: Facts) -> Refusal | None:
    """Why the event may not happen to a case in that state; None when it may."""
    if (state, event) not in TRANSITIONS:
        return Refusal.IS_CLOSED if state in FINAL else Refusal.NOT_NOW
    return next((why for why, holds in GUARDS[event] if holds(facts)), None)


def after(state: State, event: Event, facts: Facts) -> State:
    """The state that the event leads to; raises Refused, with the reason, when it may not be."""
    if why := refusal(state, event, facts):
        raise Refused(why)
    return TRANSITIONS[state, event]


class Outcome(StrEnum):
    """What became of one right of a request."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"


# They owe reasons, the complaint and the court (GDPR art. 12(4)).
REFUSALS = frozenset({Outcome.PARTLY, Outcome.REFUSED})
# They give or change what only the person may have or change.
GIVING = frozenset({Outcome.GRANTED, Outcome.PARTLY})


def possible_outcomes(right: Right, *, is_proven: bool) -> frozenset[Outcome]:
    """What may be decided: no objection is refused, nothing is given to who is not identified."""
    if right in AT_ONCE:
        return frozenset({Outcome.GRANTED})
    every = frozenset(Outcome)
    return every if is_proven else every - GIVING
