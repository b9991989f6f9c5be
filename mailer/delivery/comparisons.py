"""What became of a campaign beside the office's own before it, to the same list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, func, select

from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent
from mailer.db import db
from mailer.delivery import reports
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import OVER, DeliveryState
from mailer.newsletters.models import Issue
from mailer.subscriptions.models import MailingList

# As many as fit beside each other on a phone.
BEFORE = 6
THOUSAND = 1000


@dataclass(frozen=True)
class Result:
    """A letter to a list, when it began to leave, and how many of each end it had."""

    campaign_id: int
    subject: str
    list_name: str
    began: datetime
    counts: reports.Counts
    departures: int
    complaints: int

    @property
    def sent(self) -> int:
        return self.counts.of(DeliveryState.SENT)

    @property
    def failed(self) -> int:
        return self.counts.of(DeliveryState.FAILED)

    def per_thousand(self, count: int) -> float:
        """That count for a thousand letters that came or came back, to the tenth."""
        tried = self.sent + self.failed
        return round(THOUSAND * count / tried, 1) if tried else 0.0


def beside(campaign: Campaign) -> list[Result]:
    """The campaign after those before it to the same list, the oldest first.

    Corrections go to a part of the list, and are not compared.
    """
    found = (
        _begun()
        .where(
            Campaign.list_id == campaign.list_id,
            Campaign.started_at <= campaign.started_at,
            Campaign.state.in_(OVER) | (Campaign.id == campaign.id),
            Campaign.corrects.is_(None) | (Campaign.id == campaign.id),
        )
        .limit(BEFORE + 1)
    )
    return _results(found)[::-1]


def newest(limit: int) -> list[Result]:
    """The campaigns that have begun, the last one first."""
    return _results(_begun().limit(limit))


def endings(campaign_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many left by a mail of each campaign, and how many complained of one.

    A complaint ends the subscription too: it counts once, as what it is.
    """
    # Added to nothing, so that SQLite begins at the few proofs and not at the many mails.
    of_these = (Delivery.campaign_id + 0).in_(list(campaign_ids))
    complained = case((ConsentEvent.kind == Kind.COMPLAINED, ConsentEvent.origin))
    found = (
        select(
            Delivery.campaign_id,
            func.count(ConsentEvent.origin.distinct()),
            func.count(complained.distinct()),
        )
        .join(ConsentEvent, Delivery.id == reports.TOLD_OF)
        .where(
            of_these,
            ConsentEvent.kind.in_((Kind.WITHDRAWN, Kind.COMPLAINED)),
        )
        .group_by(Delivery.campaign_id)
    )
    return {number: (all_ - bad, bad) for number, all_, bad in db.session.execute(found)}


def _begun() -> Select[int, str, str, datetime | None]:
    return (
        select(Campaign.id, Issue.subject, MailingList.name, Campaign.started_at)
        .join(Issue, Issue.id == Campaign.issue_id)
        .join(MailingList, MailingList.id == Campaign.list_id)
        .where(Campaign.started_at.is_not(None))
        .order_by(Campaign.started_at.desc(), Campaign.id.desc())
    )


def _results(found: Select[int, str, str, datetime | None]) -> list[Result]:
    rows: Sequence[tuple[int, str, str, datetime | None]] = [
        (row[0], row[1], row[2], row[3]) for row in db.session.execute(found)
    ]
    numbers = [row[0] for row in rows]
    counted, ended = reports.counts(numbers), endings(numbers)
    return [
        Result(number, subject, name, began, counted[number], *ended.get(number, (0, 0)))
        for number, subject, name, began in rows
        if began
    ]
