"""Which letters answer a request that is decided so, in the order in which they are written."""

from collections.abc import Mapping

from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.states import GIVING, REFUSALS, Outcome

# Copies before what erases them; the refusal, which says what was granted, last.
GRANTED: Mapping[Right, Kind] = {
    Right.ACCESS: Kind.A4,
    Right.PORTABILITY: Kind.A7C,
    Right.RECTIFICATION: Kind.A5,
    Right.OBJECTION: Kind.A6,
    Right.WITHDRAWAL: Kind.A6,
    Right.RESTRICTION: Kind.A7B,
    Right.ERASURE: Kind.A7,
    Right.POST_MORTEM: Kind.ANSWER,
    Right.UNCLEAR: Kind.ANSWER,
}
# Of somebody of whom nothing is held, these say so instead.
ABOUT_DATA = frozenset({Kind.A4, Kind.A7C, Kind.A5, Kind.A7})


def letters(outcomes: Mapping[Right, Outcome], *, is_known: bool) -> tuple[Kind, ...]:
    """The letters, each once; `is_known` says whether anything is held of the person."""
    given = [kind for right, kind in GRANTED.items() if outcomes.get(right) in GIVING]
    planned = [kind if is_known or kind not in ABOUT_DATA else Kind.A4_NOTHING for kind in given]
    decided = set(outcomes.values())
    if Outcome.NO_DATA in decided:
        planned.append(Kind.A4_NOTHING)
    if Outcome.NOT_APPLICABLE in decided:
        planned.append(Kind.ANSWER)
    if REFUSALS & decided:
        planned.append(Kind.A8)
    return tuple(dict.fromkeys(planned))
