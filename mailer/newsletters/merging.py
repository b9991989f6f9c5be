"""Two people changed one letter: what differs, part by part, and the letter made of their choices.

`seen` has a digest of each part as it was when the page was opened. It tells who changed a part,
so that only what both changed has to be decided.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from mailer.newsletters.arrange import FIRST, free_name, returned
from mailer.newsletters.blocks import Block, dump
from mailer.newsletters.content import Draft

SUBJECT, PREHEADER, ORDER = "subject", "preheader", "order"
Part = str | Block | None


class Side(StrEnum):
    """Whose version of a part."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Difference:
    """A part that differs; None where it was taken out or never was. `pick` is who changed it."""

    name: str
    mine: Part
    theirs: Part
    pick: Side
    is_disputed: bool


def digests(draft: Draft) -> dict[str, str]:
    """A short digest of every part of the letter, and of its order."""
    return {name: _digest(part) for name, part in _parts(draft).items()} | {
        ORDER: _digest(" ".join(block.id for block in draft.blocks))
    }


def told_apart(mine: Draft, theirs: Draft, seen: Mapping[str, str]) -> Draft:
    """Mine, with a name of its own for each new block that bears the name of another new one."""
    others = {block.id: block for block in theirs.blocks}
    blocks = list(mine.blocks)
    for at, block in enumerate(blocks):
        if block.id not in seen and others.get(block.id, block) != block:
            blocks[at] = replace(block, id=free_name((*blocks, *theirs.blocks)))
    return replace(mine, blocks=tuple(blocks))


def differences(mine: Draft, theirs: Draft, seen: Mapping[str, str]) -> list[Difference]:
    """The parts that differ, in the order of the letter."""
    return list(_differences(_parts(mine), _parts(theirs), seen))


def united(mine: Draft, theirs: Draft, seen: Mapping[str, str], picks: Mapping[str, Side]) -> Draft:
    """The letter with the chosen side of each part that differs, in the order of who moved."""
    own, others = _parts(mine), _parts(theirs)
    chosen = own | others
    for found in _differences(own, others, seen):
        side = picks.get(found.name, found.pick)
        chosen[found.name] = found.mine if side is Side.MINE else found.theirs
    moved = digests(mine)[ORDER] != seen.get(ORDER)
    first, second = (mine, theirs) if moved else (theirs, mine)
    blocks = tuple(_kept(block.id, chosen) for block in _woven(first.blocks, second.blocks))
    return Draft(
        subject=str(chosen[SUBJECT]),
        preheader=str(chosen[PREHEADER]),
        blocks=tuple(block for block in blocks if block is not None),
    )


def _parts(draft: Draft) -> dict[str, Part]:
    ends: dict[str, Part] = {SUBJECT: draft.subject, PREHEADER: draft.preheader}
    return ends | {block.id: block for block in draft.blocks}


def _digest(part: Part) -> str:
    if part is None:
        return ""
    told = part if isinstance(part, str) else json.dumps(dump((part,)), sort_keys=True)
    return sha256(told.encode()).hexdigest()[:12]


def _differences(
    own: Mapping[str, Part], others: Mapping[str, Part], seen: Mapping[str, str]
) -> Iterator[Difference]:
    for name in dict.fromkeys((*own, *others)):
        mine, theirs = own.get(name), others.get(name)
        if mine == theirs:
            continue
        changed = [_digest(part) != seen.get(name, "") for part in (mine, theirs)]
        pick = Side.MINE if changed[0] else Side.THEIRS
        yield Difference(name, mine, theirs, pick, is_disputed=all(changed))


def _woven(first: tuple[Block, ...], second: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of the first, and those that only the second has, each after its neighbour."""
    after = FIRST
    for block in second:
        first = returned(first, block, after)
        after = block.id
    return first


def _kept(name: str, chosen: Mapping[str, Part]) -> Block | None:
    part = chosen[name]
    return part if isinstance(part, Block) else None
