"""Why somebody gets a letter: what was asked, what was answered, and what came after."""

from collections.abc import Sequence
from dataclasses import dataclass

from mailer.consent.evidence import Kind
from mailer.consent.exhibits import ShownForm, ShownNotice
from mailer.consent.proof import Told
from mailer.consent.states import ALL_LISTS

SAID_YES = frozenset({Kind.CONFIRMED, Kind.IMPORTED})
# What says nothing to the person whom it is about.
UNTOLD = frozenset({Kind.CONFIRMATION_SENT})


@dataclass(frozen=True)
class Story:
    """One list: the request, the answer that counts, and the rest, oldest first."""

    asked: Told | None
    answered: Told | None
    since: tuple[Told, ...]

    @property
    def is_imported(self) -> bool:
        """Whether the address came in a file, and nobody pressed a button here."""
        return self.answered is not None and self.answered.kind == Kind.IMPORTED

    @property
    def notice(self) -> ShownNotice | None:
        """The text beside the box that was ticked."""
        return next((one.notice for one in (self.asked, self.answered) if one and one.notice), None)

    @property
    def form(self) -> ShownForm | None:
        """The form that was filled in."""
        return next((one.form for one in (self.asked, self.answered) if one and one.form), None)


def of(events: Sequence[Told], purpose: str) -> Story:
    """The story of that purpose among all events of a person."""
    about = [one for one in events if one.purpose in {purpose, ALL_LISTS}]
    answered = _last(about, SAID_YES)
    until = about.index(answered) if answered else len(about)
    asked = _last(about[:until], {Kind.SIGNUP_REQUESTED})
    from_there = answered or asked
    after = about[about.index(from_there) + 1 :] if from_there else about
    return Story(asked, answered, tuple(one for one in after if one.kind not in UNTOLD))


def _last(events: Sequence[Told], kinds: frozenset[Kind] | set[Kind]) -> Told | None:
    return next((one for one in reversed(events) if one.kind in kinds), None)
