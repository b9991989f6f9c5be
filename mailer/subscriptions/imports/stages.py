"""How an import moves, and what becomes of each address in it."""

from enum import StrEnum

from mailer.errors import Conflict


class Stage(StrEnum):
    """Only READING, WRITING and UNDOING have work for the worker."""

    RECEIVED = "received"
    READING = "reading"
    READ = "read"
    WRITING = "writing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    DROPPED = "dropped"
    FAILED = "failed"


class Step(StrEnum):
    """What staff or the worker do to an import."""

    DESCRIBE = "describe"
    FINISH = "finish"
    FAIL = "fail"
    APPROVE = "approve"
    UNDO = "undo"
    DROP = "drop"


TRANSITIONS: dict[tuple[Stage, Step], Stage] = {
    (Stage.RECEIVED, Step.DESCRIBE): Stage.READING,
    (Stage.RECEIVED, Step.DROP): Stage.DROPPED,
    (Stage.READING, Step.FINISH): Stage.READ,
    (Stage.READING, Step.FAIL): Stage.FAILED,
    (Stage.READ, Step.DESCRIBE): Stage.READING,
    (Stage.READ, Step.APPROVE): Stage.WRITING,
    (Stage.READ, Step.DROP): Stage.DROPPED,
    (Stage.WRITING, Step.FINISH): Stage.DONE,
    (Stage.DONE, Step.UNDO): Stage.UNDOING,
    (Stage.UNDOING, Step.FINISH): Stage.UNDONE,
    (Stage.FAILED, Step.DROP): Stage.DROPPED,
}
WORKING = (Stage.READING, Stage.WRITING, Stage.UNDOING)
# Nothing of the file is needed any more.
OVER = (Stage.DONE, Stage.UNDOING, Stage.UNDONE, Stage.DROPPED, Stage.FAILED)


def after(stage: Stage, step: Step) -> Stage:
    """The stage after the step; raises Conflict when the step cannot be taken there."""
    try:
        return TRANSITIONS[stage, step]
    except KeyError:
        raise Conflict(f"{step} on {stage}") from None


class Outcome(StrEnum):
    """What becomes of an address that could be read."""

    NEW = "new"
    # Without proof: kept apart, never written to but once, to ask.
    UNPROVEN = "unproven"
    KNOWN = "known"
    SUPPRESSED = "suppressed"
    # Left this list, or was asked before and did not answer.
    LEFT = "left"
    ERASED = "erased"
    # Left, unconfirmed or out of reach in the program that the file comes from.
    ELSEWHERE = "elsewhere"
    # Never to be written to, or out of reach, says the program of the file; now here too.
    OBJECTED = "objected"


MADE = frozenset({Outcome.NEW, Outcome.UNPROVEN})
