"""Campaigns are scheduled, started, held up, mended, stopped and finished."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.exc import IntegrityError

from mailer.accounts.queries import actor_of
from mailer.audit import operations as audit
from mailer.consent.tracking import Mode
from mailer.db import db, hint
from mailer.delivery import pace, sequence_queries, subjects, told
from mailer.delivery.consequences import Failure
from mailer.delivery.models import Campaign
from mailer.delivery.states import CAMPAIGN, OVER, UNDER_WAY, CampaignEvent, CampaignState, after
from mailer.delivery.subject_tests import Plan
from mailer.delivery.utm import NOTHING as NO_UTM
from mailer.delivery.utm import Utm
from mailer.errors import Conflict, NotFound
from mailer.newsletters import approving, digest_runs
from mailer.newsletters import queries as newsletters
from mailer.subscriptions import closing
from mailer.subscriptions.segments.narrowing import Narrowing
from mailer.subscriptions.segments.stored import to_json

START = "start-campaigns"
SEND = "send-batches"
WORKER = "job:send"


@dataclass(frozen=True)
class Order:
    """Send this letter to this list, for the run-th time, not before that instant."""

    issue_id: int
    list_id: int
    run: int
    starts_at: datetime
    account_id: int
    tracking: Mode = Mode.NONE
    utm: Utm = NO_UTM
    plan: Plan | None = None
    # The campaign whose readers alone get it.
    corrects: int | None = None
    # Of the list, only these; everybody without it.
    segment: Narrowing | None = None
    given_by: str = ""  # a program that the account answers for


def schedule(order: Order, at: datetime) -> Campaign:
    """The campaign of the order; given twice, or twenty times at once, it is one and the same.

    Raises Conflict for a letter that is not what was approved, and for a list that is closed.
    """
    if known := db.session.scalar(_same(order)):
        return known
    closing.refuse(order.list_id)
    if order.run > next_run(order.issue_id, order.list_id):
        raise Conflict("a run before this one is missing")
    letter = approving.verified(newsletters.locked(order.issue_id))
    campaign = Campaign(
        issue_id=order.issue_id,
        content_hash=letter.content_hash,
        list_id=order.list_id,
        run=order.run,
        corrects=order.corrects,
        state=CampaignState.SCHEDULED,
        tracking=order.tracking,
        utm_source=order.utm.source,
        utm_medium=order.utm.medium,
        utm_campaign=order.utm.campaign,
        created_by=order.account_id,
        created_at=at,
        starts_at=max(order.starts_at, at + pace.HOLD),
        **_narrowed(order.segment),
    )
    try:
        with db.session.begin_nested():
            db.session.add(campaign)
            db.session.flush()
            if order.plan:
                subjects.keep(campaign, order.plan)
    except IntegrityError:
        # Another press of the same button was committed while this one waited.
        return db.session.scalars(_same(order)).one()
    by = order.given_by or actor_of(order.account_id)
    audit.record(by, "schedule", f"campaign:{campaign.id}")
    hint(START, at=campaign.starts_at)
    return campaign


def _narrowed(segment: Narrowing | None) -> dict[str, object]:
    """What a campaign keeps of the segment that it is for."""
    if segment is None:
        return {}
    return {
        "segment_id": segment.segment_id,
        "segment_name": segment.name,
        "segment_text": segment.text,
        "predicate": to_json(segment.where),
    }


def next_run(issue_id: int, list_id: int) -> int:
    """Which time it would be that the letter goes to the list."""
    last = select(func.max(Campaign.run)).where(
        Campaign.issue_id == issue_id, Campaign.list_id == list_id
    )
    return (db.session.scalar(last) or 0) + 1


def repeats(issue_id: int, list_id: int, run: int) -> bool:
    """Whether the letter has gone to the list before that run, or is about to."""
    found = exists().where(
        Campaign.issue_id == issue_id,
        Campaign.list_id == list_id,
        Campaign.run < run,
        Campaign.state != CampaignState.CANCELLED,
    )
    return bool(db.session.scalar(select(found)))


def cancel(campaign_id: int, actor: str, at: datetime) -> None:
    """Give up a campaign before its first mail; raises Conflict when it has started."""
    campaign = locked(campaign_id)
    if campaign.state is CampaignState.CANCELLED:
        return
    _move(campaign, CampaignEvent.CANCEL)
    campaign.ended_at = at
    digest_runs.cancelled(campaign.issue_id, at)
    audit.record(actor, "cancel", f"campaign:{campaign_id}")


def is_movable(campaign: Campaign) -> bool:
    """Whether it waits for its hour, and nobody has got anything of it yet."""
    return campaign.state is CampaignState.SCHEDULED and campaign.started_at is None


def move(campaign_id: int, starts_at: datetime, actor: str, at: datetime) -> None:
    """Plan it for another hour, not before another hold; raises Conflict once it has begun."""
    campaign = locked(campaign_id)
    if not is_movable(campaign):
        raise Conflict("a campaign that has begun is not planned any more")
    campaign.starts_at = max(starts_at, at + pace.HOLD)
    audit.record(actor, "move", f"campaign:{campaign_id}")
    hint(START, at=campaign.starts_at)


def pause(campaign_id: int, actor: str) -> None:
    """Hold a campaign until somebody resumes it: the next claim, on any worker, finds nobody."""
    campaign = locked(campaign_id)
    if campaign.state is CampaignState.PAUSED:
        return
    _move(campaign, CampaignEvent.PAUSE)
    # The page of the campaign reads there who paused it (reports.py).
    audit.record(actor, CampaignEvent.PAUSE.value, f"campaign:{campaign_id}")


def resume(campaign_id: int, actor: str) -> None:
    """Go on where the pause began; who got the letter before it does not get it again."""
    campaign = locked(campaign_id)
    if campaign.state in UNDER_WAY:
        return
    closing.refuse(campaign.list_id)
    if sequence_queries.held_by(campaign_id):
        raise Conflict("the series that it is of stands still")
    _move(campaign, CampaignEvent.RESUME)
    audit.record(actor, "resume", f"campaign:{campaign_id}")
    hint(SEND)


def stop(campaign_id: int, actor: str, at: datetime) -> None:
    """End a campaign that has begun: what has not left stays here."""
    campaign = locked(campaign_id)
    if campaign.state is CampaignState.CANCELLED:
        return
    _move(campaign, CampaignEvent.STOP)
    campaign.failure, campaign.failure_detail, campaign.ended_at = None, None, at
    digest_runs.cancelled(campaign.issue_id, at)
    audit.record(actor, "stop", f"campaign:{campaign_id}")


def retry(campaign_id: int, actor: str, at: datetime) -> None:
    """Take up a failed campaign where it stopped, after the same hold as the first time."""
    campaign = locked(campaign_id)
    if campaign.state in {CampaignState.SCHEDULED, CampaignState.RUNNING}:
        return
    if campaign.state in OVER:
        raise Conflict("a campaign that is over goes on only for those who were left")
    _again(campaign, at + pace.HOLD)
    audit.record(actor, "retry", f"campaign:{campaign_id}")


def go_on(campaign: Campaign, starts_at: datetime) -> None:
    """Have those who were queued once more served: then, if it is over; else in their turn."""
    if campaign.state in OVER:
        _again(campaign, starts_at)
    else:
        hint(SEND)


def due(at: datetime) -> Sequence[int]:
    """The campaigns whose hour has come."""
    found = select(Campaign.id).where(
        Campaign.state == CampaignState.SCHEDULED, Campaign.starts_at <= at
    )
    return db.session.scalars(found.order_by(Campaign.id)).all()


def is_due(campaign: Campaign, at: datetime) -> bool:
    """Whether it waits for an hour that has come."""
    return campaign.state is CampaignState.SCHEDULED and campaign.starts_at <= at


def start(campaign: Campaign, at: datetime) -> None:
    """Begin to send; the first beginning is the one that is remembered."""
    _move(campaign, CampaignEvent.START)
    campaign.started_at = campaign.started_at or at
    approving.sent(campaign.issue_id, at)
    audit.record(WORKER, "start", f"campaign:{campaign.id}")
    hint(SEND)


def fail(campaign: Campaign, failure: Failure, detail: str) -> None:
    """Stop for what a person must mend; a campaign that is over already stays as it is."""
    if (campaign.state, CampaignEvent.FAIL) not in CAMPAIGN:
        return
    _move(campaign, CampaignEvent.FAIL)
    campaign.failure, campaign.failure_detail = failure, detail
    audit.record(WORKER, "fail", f"campaign:{campaign.id}")


def wait(campaign: Campaign, until: datetime) -> None:
    """Wait for a relay that answers; nothing is lost meanwhile."""
    if campaign.state is CampaignState.RUNNING:
        _move(campaign, CampaignEvent.WAIT)
        campaign.retry_at = until
        hint(SEND, at=campaign.retry_at)


def resume_waiting(at: datetime) -> None:
    """Try the relay again for the campaigns whose pause is over."""
    found = select(Campaign).where(Campaign.state == CampaignState.WAITING, Campaign.retry_at <= at)
    for campaign in db.session.scalars(found.with_for_update(skip_locked=True)):
        _move(campaign, CampaignEvent.RESUME)


def finish(campaign: Campaign, at: datetime) -> None:
    """Nobody is left to write to; what another worker ended meanwhile stays as it is."""
    if campaign.state is not CampaignState.RUNNING:
        return
    _move(campaign, CampaignEvent.FINISH)
    campaign.ended_at = at
    audit.record(WORKER, "finish", f"campaign:{campaign.id}")


def running() -> Sequence[int]:
    """The campaigns that are being sent."""
    found = select(Campaign.id).where(Campaign.state == CampaignState.RUNNING)
    return db.session.scalars(found.order_by(Campaign.id)).all()


def by_id(campaign_id: int) -> Campaign:
    """The campaign; raises NotFound."""
    campaign = db.session.get(Campaign, campaign_id)
    if campaign is None:
        raise NotFound("campaign")
    return campaign


def locked(campaign_id: int) -> Campaign:
    """The campaign as it is now, which nobody else can move until the end of the transaction."""
    campaign = db.session.get(Campaign, campaign_id, populate_existing=True, with_for_update=True)
    if campaign is None:
        raise NotFound("campaign")
    return campaign


def _same(order: Order) -> Select[Campaign]:
    return select(Campaign).where(
        Campaign.issue_id == order.issue_id,
        Campaign.list_id == order.list_id,
        Campaign.run == order.run,
    )


def _again(campaign: Campaign, starts_at: datetime) -> None:
    closing.refuse(campaign.list_id)
    _move(campaign, CampaignEvent.RETRY)
    campaign.failure, campaign.failure_detail, campaign.ended_at = None, None, None
    campaign.starts_at = starts_at
    hint(START, at=starts_at)


def _move(campaign: Campaign, event: CampaignEvent) -> None:
    campaign.state = after(CAMPAIGN, campaign.state, event)
    told.tell(campaign, event)
