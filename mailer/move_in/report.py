"""What came of moving in: of each sheet, and of the letters; as it is said and as JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from mailer.move_in.refusals import LeftOut


@dataclass(frozen=True)
class Came:
    """What became of the people of one sheet; `page` is where the desk shows it."""

    sheet: str
    list_name: str
    counts: Mapping[str, int]
    page: str = ""
    # Nobody has asked them yet whether they want the letters.
    to_ask: int = 0
    came_before: bool = False


@dataclass
class Report:
    """Everything, in the order in which it was done."""

    lists_made: list[str] = field(default_factory=list)
    people: list[Came] = field(default_factory=list)
    letters: Counter[str] = field(default_factory=Counter)
    left_out: Sequence[tuple[str, LeftOut]] = ()

    @property
    def set_apart(self) -> int:
        """How many people wait for a proof."""
        return sum(came.to_ask for came in self.people)

    def as_json(self) -> dict[str, object]:
        """The same for programs; the names of the fields do not change."""
        return {
            "lists_made": self.lists_made,
            "people": [asdict(came) for came in self.people],
            "letters": dict(self.letters),
            "left_out": [{"name": name, "because": why.value} for name, why in self.left_out],
            "set_apart": self.set_apart,
        }
