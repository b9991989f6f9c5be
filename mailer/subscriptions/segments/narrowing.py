"""The segment that a letter was decided for, as it was read then: a later change moves nobody."""

import hashlib
import json
from dataclasses import dataclass

from mailer.subscriptions.segments.predicate import Node
from mailer.subscriptions.segments.stored import to_json


@dataclass(frozen=True)
class Narrowing:
    """Of the list, only whom this segment means; its text in words, and the predicate itself."""

    segment_id: int
    name: str
    text: str
    where: Node

    @property
    def digest(self) -> str:
        """By which a page shows that it is still the same predicate."""
        return digest(self.where)


def digest(where: Node) -> str:
    """The same for the same predicate."""
    return hashlib.sha256(json.dumps(to_json(where), sort_keys=True).encode()).hexdigest()
