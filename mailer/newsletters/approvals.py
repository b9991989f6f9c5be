"""Who wrote a letter, who was asked to approve it, and who did: what follows from its history."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from mailer.newsletters.content import Rendered


class Act(StrEnum):
    """What somebody did; an edit ends the request before it, and what is taken back its approval.

    `approved_alone`: by one of those who wrote it, by somebody who does not hold the role of
    approver, or by nobody who read it: enough for few readers.
    """

    EDITED = "edited"
    ASKED = "asked"
    APPROVED = "approved"
    APPROVED_ALONE = "approved_alone"
    TAKEN_BACK = "taken_back"
    # Another program sent it (moving_in.py); nobody here approved it, and it never leaves.
    MOVED_IN = "moved_in"


ABOUT_A_REQUEST = frozenset({Act.ASKED, Act.EDITED, Act.APPROVED, Act.APPROVED_ALONE})


@dataclass(frozen=True)
class Step:
    """One act: by whom (`account:3`, "" when it was no person), on which content, and when."""

    act: Act
    actor: str
    content_hash: str
    at: datetime


def content_hash(written: Sequence[object], *drawn: Rendered) -> str:
    """What an approval is bound to: all that was written of the letter, and all that is drawn.

    Its versions are drawn beside it, always in the same order.
    """
    told = [*written, *(part for each in drawn for part in (each.subject, each.html, each.text))]
    plain = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def authors(steps: Sequence[Step]) -> frozenset[str]:
    """Who saved it since somebody else approved it: they wrote what would be approved now."""
    since = takewhile(lambda step: step.act is not Act.APPROVED, reversed(steps))
    return frozenset(step.actor for step in since if step.act is Act.EDITED)


def request(steps: Sequence[Step]) -> Step | None:
    """The request for approval that still stands; None when the letter was edited after it."""
    last = next((step for step in reversed(steps) if step.act in ABOUT_A_REQUEST), None)
    return last if last and last.act is Act.ASKED else None


def was_alone(steps: Iterable[Step]) -> bool:
    """Whether the approval that stands is enough for few readers only."""
    given = [step.act for step in steps if step.act in {Act.APPROVED, Act.APPROVED_ALONE}]
    return bool(given) and given[-1] is Act.APPROVED_ALONE


def verdict(steps: Sequence[Step], actor: str, approvers: Collection[str]) -> Act:
    """What an approval by that person would be, while those hold the role of approver."""
    is_second = actor in approvers and actor not in authors(steps)
    return Act.APPROVED if is_second else Act.APPROVED_ALONE
