"""Where the approval of a letter stands, as its page tells it to who reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.accounts import queries as accounts
from mailer.newsletters import approvals, approving
from mailer.newsletters.approvals import Act
from mailer.newsletters.models import Issue
from mailer.subscriptions import queries as subscriptions

WORDS: dict[Act, LazyString] = {
    Act.EDITED: _("Rédigée"),
    Act.ASKED: _("Approbation demandée"),
    Act.APPROVED: _("Approuvée par une autre personne"),
    Act.APPROVED_ALONE: _("Approuvée, pour peu de destinataires"),
    Act.TAKEN_BACK: _("Reprise : l’approbation est annulée"),
    Act.MOVED_IN: _("Partie d’un autre logiciel, avant l’arrivée ici"),
}


@dataclass(frozen=True)
class Told:
    """One step, in words; `name` is empty when no colleague took it."""

    words: LazyString
    name: str | LazyString
    at: datetime


@dataclass(frozen=True)
class Standing:
    """What the page shows, and which of its buttons act."""

    content_hash: str
    history: Sequence[Told]
    readers: int
    is_for_many: bool
    is_asked: bool
    # The one who looks at the page has a part in the letter.
    is_own: bool
    was_alone: bool


def of(issue: Issue, digest: str, actor: str) -> Standing:
    """Where the letter, which is drawn with that hash now, stands for that person."""
    steps = approving.steps(issue)
    names = accounts.shown({step.actor for step in steps})
    readers = subscriptions.active(issue.newsletter.list_id)
    asked = approvals.request(steps)
    return Standing(
        content_hash=digest,
        history=[Told(WORDS[step.act], names.get(step.actor, ""), step.at) for step in steps],
        readers=readers,
        is_for_many=approving.is_for_many(readers),
        is_asked=asked is not None and asked.content_hash == digest,
        is_own=actor in approvals.authors(steps),
        was_alone=not issue.is_draft and approvals.was_alone(steps),
    )
