"""What two editors wrote differently, as the composer shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from mailer.newsletters.blocks import Block
from mailer.newsletters.comparing import Run, runs, words_of
from mailer.newsletters.content import Draft
from mailer.newsletters.merging import PREHEADER, SUBJECT, Part, Side, differences, told_apart
from mailer.newsletters.sentences import TYPES


@dataclass(frozen=True)
class Shown:
    """A part that differs: its name, what it is, both versions, and which is proposed."""

    name: str
    label: str
    mine: list[Run] | None
    theirs: list[Run] | None
    pick: Side
    is_disputed: bool


def between(mine: Draft, theirs: Draft, seen: Mapping[str, str]) -> list[Shown]:
    """The parts that differ, those that both changed first."""
    found = list(_shown(told_apart(mine, theirs, seen), theirs, seen))
    return sorted(found, key=lambda part: not part.is_disputed)


def _shown(mine: Draft, theirs: Draft, seen: Mapping[str, str]) -> Iterator[Shown]:
    for part in differences(mine, theirs, seen):
        yield Shown(
            name=part.name,
            label=_label(part.name, part.mine, part.theirs),
            mine=_runs(part.mine, part.theirs),
            theirs=_runs(part.theirs, part.mine),
            pick=part.pick,
            is_disputed=part.is_disputed,
        )


def _label(name: str, mine: Part, theirs: Part) -> str:
    labels = {SUBJECT: _("Objet"), PREHEADER: _("Texte d’aperçu")}
    block = mine or theirs
    return labels.get(name) or (str(TYPES[block.type]) if isinstance(block, Block) else name)


def _runs(part: Part, other: Part) -> list[Run] | None:
    return None if part is None else list(runs(words_of(part), words_of(other)))
