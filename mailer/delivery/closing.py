"""What is lost when a list closes, and closing it: nothing more leaves for it."""

from collections.abc import Collection
from collections.abc import Sequence as Several
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from mailer.db import db
from mailer.delivery import pipeline, sequence_queries, sequences
from mailer.delivery.models import Campaign
from mailer.delivery.sequence_models import Sequence
from mailer.delivery.sequence_rules import BEGINNING
from mailer.delivery.states import UNDER_WAY, CampaignState
from mailer.errors import Conflict
from mailer.newsletters import digest_queries, digests
from mailer.newsletters.digest_models import Digest
from mailer.subscriptions import closing, queries

PLANNED = (CampaignState.SCHEDULED, CampaignState.PAUSED, CampaignState.FAILED)


@dataclass(frozen=True)
class Loss:
    """Who gets no more of it, and what would not leave any more."""

    receiving: int
    planned: Several[Campaign]
    # While one of these is being sent the list cannot be closed.
    under_way: Several[Campaign]
    automatic: Several[Digest]
    # What its newcomers receive; None when nothing of it would leave.
    series: Sequence | None


def loss(list_id: int) -> Loss:
    """What closing the list would cost now."""
    series = sequence_queries.of_list(list_id)
    return Loss(
        queries.active(list_id),
        _campaigns(list_id, PLANNED),
        _campaigns(list_id, UNDER_WAY),
        digest_queries.leaving_for(list_id),
        series if series and series.state not in BEGINNING else None,
    )


def close(list_id: int, actor: str, at: datetime) -> None:
    """Close it, call back what was planned for it, and let nothing begin by itself any more.

    Raises Conflict while a letter to it is being sent.
    """
    # A series that takes people in holds itself first, then its list.
    sequence_queries.held_of(list_id)
    queries.held_list(list_id)
    lost = loss(list_id)
    if lost.under_way:
        raise Conflict("a letter to the list is being sent")
    for campaign in lost.planned:
        pipeline.give_up(campaign.id, actor, at)
    for digest in lost.automatic:
        digests.pause(digest, actor)
    if lost.series:
        sequences.stop(lost.series, actor, at)
    closing.close(list_id, actor, at)


def _campaigns(list_id: int, states: Collection[CampaignState]) -> Several[Campaign]:
    found = select(Campaign).where(Campaign.list_id == list_id, Campaign.state.in_(states))
    return db.session.scalars(found.order_by(Campaign.starts_at, Campaign.id)).all()
