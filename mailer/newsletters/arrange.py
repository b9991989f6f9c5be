"""The order of a letter's blocks: move one, take one out, put one in."""

from mailer.newsletters.block_types import TYPES
from mailer.newsletters.blocks import Block


def raised(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    """The named block one place earlier; the first stays."""
    return _swapped(blocks, name, -1)


def lowered(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    """The named block one place later; the last stays."""
    return _swapped(blocks, name, 1)


def without(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    """The others."""
    return tuple(block for block in blocks if block.id != name)


def with_new(blocks: tuple[Block, ...], kind: str) -> tuple[Block, ...]:
    """The blocks and an empty one of that type at the end; an unknown type adds none."""
    if kind not in TYPES:
        return blocks
    return (*blocks, Block(free_name(blocks), TYPES[kind]()))


def free_name(blocks: tuple[Block, ...]) -> str:
    """A name that no block bears."""
    used = {block.id for block in blocks}
    return next(name for n in range(1, len(used) + 2) if (name := f"b{n}") not in used)


def _swapped(blocks: tuple[Block, ...], name: str, step: int) -> tuple[Block, ...]:
    order = list(blocks)
    at = next((n for n, block in enumerate(order) if block.id == name), None)
    if at is None or not 0 <= at + step < len(order):
        return blocks
    order[at], order[at + step] = order[at + step], order[at]
    return tuple(order)
