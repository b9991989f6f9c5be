"""What one person chose, as plain data: compared to say what changed, kept to undo it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from mailer.consent.tracking import Answer, Answers, What
from mailer.subscriptions.pausing import Frequency


@dataclass(frozen=True)
class Choices:
    """The lists that are received and how often, the language, the pause, and what is measured."""

    lists: Mapping[int, Frequency] = field(default_factory=dict)
    language: str = "fr"
    paused_until: datetime | None = None
    tracking: Answers = field(default_factory=Answers)

    def to_json(self) -> dict[str, object]:
        """As a row keeps it."""
        return {
            "lists": {str(number): each.value for number, each in self.lists.items()},
            "language": self.language,
            "paused_until": self.paused_until.isoformat() if self.paused_until else None,
            "tracking": [self.tracking.opens.value, self.tracking.clicks.value],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> Self:
        """What a row kept."""
        lists, until, tracking = kept["lists"], kept["paused_until"], kept["tracking"]
        if not isinstance(lists, dict) or not isinstance(tracking, list):
            raise TypeError("choices that we did not keep")
        return cls(
            lists={int(number): Frequency(each) for number, each in lists.items()},
            language=str(kept["language"]),
            paused_until=datetime.fromisoformat(str(until)) if until else None,
            tracking=Answers(*(Answer(each) for each in tracking)),
        )


@dataclass(frozen=True)
class Difference:
    """What the second choices change of the first."""

    before: Choices
    after: Choices

    @property
    def joined(self) -> list[int]:
        return sorted(self.after.lists.keys() - self.before.lists.keys())

    @property
    def left(self) -> list[int]:
        return sorted(self.before.lists.keys() - self.after.lists.keys())

    @property
    def paced(self) -> dict[int, Frequency]:
        """The lists that stay and come at another pace."""
        kept = sorted(self.before.lists.keys() & self.after.lists.keys())
        now = self.after.lists
        return {number: now[number] for number in kept if now[number] != self.before.lists[number]}

    @property
    def is_paused_otherwise(self) -> bool:
        return self.before.paused_until != self.after.paused_until

    @property
    def answers(self) -> dict[What, Answer]:
        """The answers about being measured that are new."""
        pairs = {
            What.OPENS: (self.before.tracking.opens, self.after.tracking.opens),
            What.CLICKS: (self.before.tracking.clicks, self.after.tracking.clicks),
        }
        return {what: new for what, (old, new) in pairs.items() if new != old}

    @property
    def is_last_left(self) -> bool:
        return bool(self.left) and not self.after.lists
