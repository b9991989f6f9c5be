"""A predicate, changed one condition at a time, as the form without a keyboard's text does it."""

from collections.abc import Collection

from mailer.subscriptions.segments.predicate import All, Node, Some


def top(node: Node | None) -> tuple[Node, ...]:
    """The parts of it that the form lists, each with its own button."""
    if node is None:
        return ()
    return node.parts if isinstance(node, All | Some) else (node,)


def add(node: Node | None, part: Node, *, to_all: bool) -> Node:
    """Ask for that too, or else for that; what was there stays together, as a group if it must."""
    if node is None:
        return part
    joining = All if to_all else Some
    return joining((*(node.parts if isinstance(node, joining) else (node,)), part))


def remove(node: Node | None, position: int) -> Node | None:
    """Without the part at that place; None when nothing is left."""
    kept = [part for place, part in enumerate(top(node)) if place != position]
    if len(kept) > 1 and isinstance(node, All | Some):
        return type(node)(tuple(kept))
    return kept[0] if kept else None


def gather(node: Node | None, positions: Collection[int]) -> Node | None:
    """The parts at those places in one group of the other joining, where the first of them stood.

    Nothing changes for fewer than two, or when they are all there are: then the joining turns.
    """
    parts = top(node)
    chosen = [place for place in range(len(parts)) if place in positions]
    if not isinstance(node, All | Some) or len(chosen) < 2:  # noqa: PLR2004 - a group has two
        return node
    other = Some if isinstance(node, All) else All
    group = other(tuple(parts[place] for place in chosen))
    kept = [
        group if place == chosen[0] else part
        for place, part in enumerate(parts)
        if place == chosen[0] or place not in chosen
    ]
    return type(node)(tuple(kept)) if len(kept) > 1 else group
