"""Reading series of letters, and who is due one of theirs."""

from collections.abc import Sequence as Several
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from mailer.clock import paris_day
from mailer.db import db
from mailer.delivery import audience, elections
from mailer.delivery.models import Delivery
from mailer.delivery.sequence_models import Sequence, SequenceRound, SequenceStep
from mailer.delivery.sequence_rules import Due, SequenceState
from mailer.delivery.states import TO_DO, DeliveryState
from mailer.errors import NotFound
from mailer.newsletters import queries as newsletters
from mailer.newsletters.models import Issue, Newsletter
from mailer.subscriptions.models import MailingList, Subscriber, Subscription

# Whoever waits for a letter gets that one first.
ON_THE_ROAD = TO_DO | {DeliveryState.LEASED}


def sequences() -> Several[Sequence]:
    """All of them, by the name of their list."""
    found = select(Sequence).join(MailingList).order_by(MailingList.name, Sequence.id)
    steps = selectinload(Sequence.steps).joinedload(SequenceStep.issue)
    return db.session.scalars(found.options(joinedload(Sequence.mailing_list), steps)).all()


def of_lists() -> set[int]:
    """The lists that have a series."""
    return set(db.session.scalars(select(Sequence.list_id)))


def letters(list_id: int) -> Several[Issue]:
    """The approved letters of the list, newest first."""
    of_the_list = Issue.newsletter.has(Newsletter.list_id == list_id)
    found = newsletters.approved().where(of_the_list).order_by(Issue.id.desc())
    return db.session.scalars(found).all()


def sequence(sequence_id: int) -> Sequence:
    """The series; raises NotFound."""
    found = db.session.get(Sequence, sequence_id)
    if found is None:
        raise NotFound("sequence")
    return found


def locked(sequence_id: int) -> Sequence:
    """The same, which nobody else changes until the transaction ends; raises NotFound."""
    found = db.session.get(Sequence, sequence_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise NotFound("sequence")
    return found


def of_list(list_id: int) -> Sequence | None:
    """The series of the list."""
    return db.session.scalar(select(Sequence).where(Sequence.list_id == list_id))


def held_of(list_id: int) -> Sequence | None:
    """The same, which nobody else changes until the transaction ends."""
    held = select(Sequence).where(Sequence.list_id == list_id).with_for_update()
    return db.session.scalar(held.execution_options(populate_existing=True))


def running() -> Several[int]:
    """The series that take people in."""
    found = select(Sequence.id).where(Sequence.state == SequenceState.RUNNING)
    return db.session.scalars(found.order_by(Sequence.id)).all()


def free(sequence_id: int) -> Sequence | None:
    """The series, ours until the transaction ends; None while another worker has it."""
    return db.session.scalar(
        select(Sequence)
        .where(Sequence.id == sequence_id, Sequence.state == SequenceState.RUNNING)
        .with_for_update(skip_locked=True)
    )


def is_round(campaign_id: int) -> bool:
    """Whether the campaign is for those who are due a letter of a series, not for a list."""
    return bool(db.session.scalar(select(exists().where(SequenceRound.campaign_id == campaign_id))))


def held_by(campaign_id: int) -> Sequence | None:
    """The series that it is of, and that nobody lets go on now."""
    found = select(Sequence).join(Sequence.steps).join(SequenceStep.rounds)
    is_still = Sequence.state != SequenceState.RUNNING
    return db.session.scalar(found.where(SequenceRound.campaign_id == campaign_id, is_still))


def awaits_second_look(found: Sequence, at: datetime) -> bool:
    """Whether an election is near, and nobody has looked at the series since it is."""
    looked = paris_day(found.confirmed_at) if found.confirmed_at else None
    near = elections.on(paris_day(at))
    return any(looked is None or looked < period.first_day for period in near)


def people(step: SequenceStep, due: Due, at: datetime) -> Select[int]:
    """The ids of the subscribers who are due the letter, and may be written to."""
    wanting = audience.wanting(step.sequence.list_id, at)
    own = select(SequenceRound.campaign_id).where(SequenceRound.step_id == step.id)
    of_all = (
        select(SequenceRound.campaign_id)
        .join(SequenceStep, SequenceStep.id == SequenceRound.step_id)
        .where(SequenceStep.sequence_id == step.sequence_id)
    )
    has_had = or_(Delivery.at >= Subscription.confirmed_at, Delivery.at >= due.had_since)
    return wanting.where(
        Subscription.confirmed_at.between(due.confirmed_since, due.confirmed_until),
        ~_is_in(own, has_had),
        ~_is_in(of_all, or_(Delivery.at >= due.another_since, Delivery.state.in_(ON_THE_ROAD))),
    )


def _is_in(campaigns: Select[int], when: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        and_(Delivery.subscriber_id == Subscriber.id, Delivery.campaign_id.in_(campaigns), when)
    )
