"""Plain data as YAML 1.2: blocks for what holds, JSON for what is held, which YAML reads alike."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

Node: TypeAlias = str | bool | Sequence["Node"] | Mapping[str, "Node"]


def dump(node: Mapping[str, Node]) -> str:
    """The text of that data, each line ended."""
    return "".join(f"{line}\n" for line in _lines(node))


def _lines(node: Node) -> Iterator[str]:
    if isinstance(node, Mapping) and node:
        for key, value in node.items():
            yield from _under(f"{key}:", value)
    elif isinstance(node, Sequence) and not isinstance(node, str) and node:
        for value in node:
            first, *others = _lines(value)
            yield f"- {first}"
            yield from (f"  {line}" for line in others)
    else:
        yield json.dumps(node, ensure_ascii=False)


def _under(head: str, value: Node) -> Iterator[str]:
    if isinstance(value, Mapping | Sequence) and not isinstance(value, str) and value:
        yield head
        yield from (f"  {line}" for line in _lines(value))
    else:
        (line,) = _lines(value)
        yield f"{head} {line}"
