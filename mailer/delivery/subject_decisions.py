"""The choice of a subject: what each has brought, and the rest of the list let go with the best.

trial leaves | its wait | numbers by subject | choose(), or a person | ledger.release
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, case, exists, func, or_, select

from mailer.accounts.queries import actor_of
from mailer.audit import operations as audit
from mailer.consent.evidence import Kind
from mailer.consent.measurement import last_kind
from mailer.consent.models import ConsentEvent
from mailer.consent.tracking import Answers, Mode, What, answer_of
from mailer.db import db, hint
from mailer.delivery import approval, campaigns, ledger, measuring, subjects
from mailer.delivery.engagement import Hit
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.reports import TOLD_OF
from mailer.delivery.states import OVER, CampaignState, DeliveryState
from mailer.delivery.subject_models import SubjectTest
from mailer.delivery.subject_tests import (
    FEWEST_PEOPLE,
    FIRST,
    Basis,
    Choice,
    How,
    Tally,
    Verdict,
    basis_of,
    choose,
)
from mailer.delivery.tracking import OPENED
from mailer.errors import Conflict
from mailer.subscriptions.models import Subscriber

DECIDE = "decide-subjects"
VERB = "choose-subject"


@dataclass(frozen=True)
class Trial:
    """A campaign that tries subjects, and what each of them has brought so far."""

    campaign: Campaign
    test: SubjectTest
    subjects: Mapping[int, str]
    tallies: Sequence[Tally]
    measures_clicks: bool
    is_unapproved: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody may choose now."""
        return is_open(self.test, self.campaign)

    @property
    def basis(self) -> Basis:
        """What decides, or has decided."""
        return self.test.basis or basis_of(self.tallies)


def trial_of(campaign: Campaign, at: datetime) -> Trial | None:
    """The trial for its page; None for a campaign that tries nothing."""
    test = subjects.test_of(campaign.id)
    if test is None:
        return None
    return Trial(
        campaign,
        test,
        subjects.typed(campaign.id),
        tallies(campaign),
        measuring.gate_of(campaign).ceiling is Mode.INDIVIDUAL,
        campaign.state not in OVER and approval.wants_subjects_approved(campaign, at),
    )


def is_open(test: SubjectTest, campaign: Campaign) -> bool:
    """Whether a subject is still to be chosen, and there is something to choose it for."""
    has_begun = campaign.started_at is not None and campaign.state not in OVER
    return test.winner is None and has_begun


def approve(campaign_id: int, account_id: int) -> None:
    """Answer for the subjects of somebody else; raises Conflict for one's own."""
    campaign = campaigns.locked(campaign_id)
    test = subjects.test_of(campaign_id)
    if test is None or campaign.created_by == account_id:
        raise Conflict("subjects")
    if test.approved_by is None:
        test.approved_by = account_id
        audit.record(actor_of(account_id), "approve-subjects", f"campaign:{campaign_id}")


def begin(campaign: Campaign, at: datetime) -> None:
    """Have no trial when the list has become too small for one; asked right after the freeze."""
    test = subjects.test_of(campaign.id)
    if test is None or test.winner is not None or campaign.started_at is not None:
        return
    sizes = _sizes(campaign.id)
    if min(sizes, default=0) < FEWEST_PEOPLE or len(sizes) < len(subjects.typed(campaign.id)):
        ledger.untry(campaign.id, at)
        _settle(test, Choice(FIRST, Verdict.TOO_SMALL), at, None)
    else:
        hint(DECIDE)


def undecided(at: datetime) -> Sequence[int]:
    """The campaigns being sent whose trial may have left, or whose wait is over."""
    is_over = and_(SubjectTest.decides_at <= at, SubjectTest.how == How.NUMBERS)
    found = (
        select(SubjectTest.campaign_id)
        .join(Campaign, Campaign.id == SubjectTest.campaign_id)
        .where(
            SubjectTest.winner.is_(None),
            Campaign.state == CampaignState.RUNNING,
            or_(SubjectTest.decides_at.is_(None), is_over),
        )
    )
    return db.session.scalars(found.order_by(SubjectTest.campaign_id)).all()


def decide(campaign_id: int, at: datetime) -> None:
    """Let the wait begin once the trial has left, and choose when it is over; else do nothing.

    A campaign that is paused or held up decides nothing meanwhile.
    """
    campaign = campaigns.locked(campaign_id)
    test = subjects.test_of(campaign_id)
    if test is None or test.winner is not None or campaign.state is not CampaignState.RUNNING:
        return
    if test.decides_at is None:
        if not _is_leaving(campaign_id):
            test.decides_at = at + timedelta(hours=test.wait_hours)
            hint(DECIDE, at=test.decides_at)
    elif test.how is How.NUMBERS and test.decides_at <= at:
        _settle(test, choose(tallies(campaign)), at, None)


def decide_by_hand(campaign_id: int, position: int, account_id: int, at: datetime) -> None:
    """Send the rest with that subject, whatever the numbers say; the same press twice is one.

    Raises Conflict when another subject was chosen, or nothing is left to choose for.
    """
    campaign = campaigns.locked(campaign_id)
    test = subjects.test_of(campaign_id)
    if test is None or position not in subjects.typed(campaign_id):
        raise Conflict("subject")
    if test.winner == position:
        return
    if not is_open(test, campaign):
        raise Conflict("subject")
    _settle(test, Choice(position, Verdict.BY_HAND), at, account_id)


def tallies(campaign: Campaign) -> list[Tally]:
    """What the mails of the trial have brought so far, subject by subject."""
    left, complained, clicks = _left(campaign.id), _complained(campaign.id), _clicks(campaign)
    sent = _by_variant(
        select(Delivery.variant, func.count()).where(Delivery.state == DeliveryState.SENT),
        campaign.id,
    )
    return [
        Tally(
            position,
            sent.get(position, 0),
            left.get(position, 0) - complained.get(position, 0),
            complained.get(position, 0),
            *clicks.get(position, (0, 0)),
        )
        for position in subjects.typed(campaign.id)
    ]


def _settle(test: SubjectTest, choice: Choice, at: datetime, account_id: int | None) -> None:
    """The choice and its consequence, in one transaction: whoever waited is due from now on."""
    test.winner, test.verdict, test.basis = choice.winner, choice.verdict, choice.basis
    test.decided_at, test.decided_by = at, account_id
    db.session.flush()
    ledger.release(test.campaign_id, at)
    actor = actor_of(account_id) if account_id else campaigns.WORKER
    audit.record(actor, VERB, f"campaign:{test.campaign_id}")
    hint(campaigns.SEND)


def _is_leaving(campaign_id: int) -> bool:
    """Whether mails of the trial have yet to be tried: one that was put off is not waited for."""
    under_way = exists().where(
        Delivery.campaign_id == campaign_id,
        Delivery.variant.is_not(None),
        Delivery.state.in_((DeliveryState.QUEUED, DeliveryState.LEASED)),
    )
    return bool(db.session.scalar(select(under_way)))


def _sizes(campaign_id: int) -> list[int]:
    """How many people each subject was dealt to."""
    return list(_by_variant(select(Delivery.variant, func.count()), campaign_id).values())


def _left(campaign_id: int) -> dict[int, int]:
    """Who left or complained, once each: a complaint ends the subscription as well."""
    return _by_variant(_proved((Kind.WITHDRAWN, Kind.COMPLAINED)), campaign_id)


def _complained(campaign_id: int) -> dict[int, int]:
    return _by_variant(_proved((Kind.COMPLAINED,)), campaign_id)


def _proved(kinds: Sequence[Kind]) -> Select[int | None, int]:
    return (
        select(Delivery.variant, func.count(ConsentEvent.origin.distinct()))
        .join(ConsentEvent, Delivery.id == TOLD_OF)
        .where(ConsentEvent.kind.in_(kinds))
    )


def _by_variant(found: Select[int | None, int], campaign_id: int) -> dict[int, int]:
    """The count of each subject."""
    rows = found.where(Delivery.campaign_id == campaign_id, Delivery.variant.is_not(None))
    counted = db.session.execute(rows.group_by(Delivery.variant))
    return {variant: count for variant, count in counted if variant is not None}


def _clicks(campaign: Campaign) -> dict[int, tuple[int, int]]:
    """Of how many people clicks are counted, and how many of them clicked.

    By what each answers today; in any other mode nobody's, for an address that all share tells
    neither one subject from another nor two people from one who comes back.
    """
    gate = measuring.gate_of(campaign)
    if gate.ceiling is not Mode.INDIVIDUAL:
        return {}
    has_clicked = exists().where(Hit.delivery_id == Delivery.id, Hit.position != OPENED)
    answered = (
        select(
            Delivery.variant,
            last_kind(Subscriber.fingerprint, What.OPENS).label("opens"),
            last_kind(Subscriber.fingerprint, What.CLICKS).label("clicks"),
            case((has_clicked, 1), else_=0).label("clicked"),
        )
        .join(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .where(
            Delivery.campaign_id == campaign.id,
            Delivery.variant.is_not(None),
            Delivery.state == DeliveryState.SENT,
        )
        .subquery()
    )
    kinds = (answered.c.variant, answered.c.opens, answered.c.clicks)
    found = select(*kinds, func.count(), func.sum(answered.c.clicked)).group_by(*kinds)
    counted: dict[int, tuple[int, int]] = {}
    for variant, opens, clicks, people, clicked in db.session.execute(found):
        if gate.of(Answers(answer_of(opens), answer_of(clicks))).clicks is Mode.INDIVIDUAL:
            measured, followed = counted.get(variant, (0, 0))
            counted[variant] = measured + people, followed + int(clicked)
    return counted
