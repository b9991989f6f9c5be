"""The order of a letter's blocks: move one, take one out, put one in, bring one back."""

from collections.abc import Iterable
from dataclasses import replace

from mailer.newsletters.block_types import TYPES, Props
from mailer.newsletters.blocks import Block

# Before the first block; otherwise a place is the name of the block before it.
FIRST = ""


def raised(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    """The named block one place earlier; the first stays."""
    return _swapped(blocks, name, -1)


def lowered(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    """The named block one place later; the last stays."""
    return _swapped(blocks, name, 1)


def without(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    """The others."""
    return tuple(block for block in blocks if block.id != name)


def with_new(blocks: tuple[Block, ...], kind: str, after: str) -> tuple[Block, ...]:
    """The blocks and an empty one of that type after that place; an unknown type adds none."""
    return with_these(blocks, [TYPES[kind]()], after) if kind in TYPES else blocks


def with_these(blocks: tuple[Block, ...], given: Iterable[Props], after: str) -> tuple[Block, ...]:
    """The blocks and new ones of these contents after that place, in their order."""
    for props in given:
        added = Block(free_name(blocks), props)
        blocks = returned(blocks, added, after)
        after = added.id
    return blocks


def doubled(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    """The blocks, the named one twice."""
    found = next((block for block in blocks if block.id == name), None)
    if found is None:
        return blocks
    return returned(blocks, replace(found, id=free_name(blocks)), name)


def returned(blocks: tuple[Block, ...], block: Block, after: str) -> tuple[Block, ...]:
    """The blocks with that one after that place; at the end where the place is no more."""
    if any(each.id == block.id for each in blocks):
        return blocks
    at = 0 if after == FIRST else place_of(blocks, after)
    return (*blocks[:at], block, *blocks[at:])


def place_of(blocks: tuple[Block, ...], name: str) -> int:
    """How many blocks stand up to the named one; all of them when it is not there."""
    return next((n for n, block in enumerate(blocks, 1) if block.id == name), len(blocks))


def free_name(blocks: tuple[Block, ...]) -> str:
    """A name that no block bears; a later one than any, so that a name is not soon borne again."""
    numbers = (block.id.removeprefix("b") for block in blocks)
    newest = max((int(number) for number in numbers if number.isdecimal()), default=0)
    used = {block.id for block in blocks}
    return next(
        name for n in range(1, len(used) + 2) if (name := f"b{newest + n}"[-20:]) not in used
    )


def _swapped(blocks: tuple[Block, ...], name: str, step: int) -> tuple[Block, ...]:
    order = list(blocks)
    at = next((n for n, block in enumerate(order) if block.id == name), None)
    if at is None or not 0 <= at + step < len(order):
        return blocks
    order[at], order[at + step] = order[at + step], order[at]
    return tuple(order)
