"""What an officer decides about a request."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.states import GIVING, REFUSALS, Outcome


@dataclass(frozen=True)
class Decision:
    """An outcome per right, what is said besides, and the ground and reason of a refusal."""

    outcomes: Mapping[Right, Outcome]
    answer: str
    grounds: str
    # On what each refused line rests.
    grounds_in_law: Mapping[Right, Ground] = field(default_factory=dict)

    @property
    def given(self) -> tuple[Right, ...]:
        """What is granted, in full or in part."""
        return tuple(right for right, outcome in self.outcomes.items() if outcome in GIVING)

    @property
    def refused(self) -> tuple[Right, ...]:
        """What is refused, in full or in part."""
        return tuple(right for right, outcome in self.outcomes.items() if outcome in REFUSALS)
