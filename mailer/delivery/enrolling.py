"""Who is due a letter of a series is promised it: a row in the ledger, and the campaigns go on.

Nothing is sent here. The claim asks again whether each may be written to, as for any campaign.
"""

from datetime import datetime

from sqlalchemy import select

from mailer.db import db
from mailer.delivery import campaigns, ledger, pipeline, rounds
from mailer.delivery import sequence_queries as queries
from mailer.delivery.campaigns import WORKER, Order
from mailer.delivery.models import Campaign
from mailer.delivery.sequence_models import SequenceRound, SequenceStep
from mailer.delivery.sequence_rules import due, is_current
from mailer.delivery.sequences import is_as_confirmed
from mailer.delivery.states import CampaignState


def enrol(sequence_id: int, at: datetime) -> None:
    """Promise each letter of the series to whoever is due it, the letters in their order.

    A second time adds nobody; another worker's series is left to that worker.
    """
    sequence = queries.free(sequence_id)
    if sequence is None or sequence.mailing_list.closed_at:
        return
    if queries.awaits_second_look(sequence, at):
        return
    for step in sequence.steps:
        _take_in(step, at)


def _take_in(step: SequenceStep, at: datetime) -> None:
    sequence = step.sequence
    if sequence.started_at is None:
        return
    who = due(step.days, sequence.started_at, step.planned_at, at)
    if who is None:
        return
    people = queries.people(step, who, at)
    if not db.session.scalar(select(people.exists())):
        return
    campaign = _open(step, sequence.started_at, at)
    if campaign and campaign.state in rounds.TAKES_IN:
        ledger.add(campaign.id, people, at)
        rounds.take_in(campaign)


def _open(step: SequenceStep, started_at: datetime, at: datetime) -> Campaign | None:
    """The campaign that takes people in now; None while the letter is not what was confirmed."""
    if not is_as_confirmed(step):
        return None
    last = step.rounds[-1] if step.rounds else None
    if last and is_current(last.opened_at, started_at, at):
        campaign = campaigns.locked(last.campaign_id)
        if campaign.issue_id == step.issue_id and not _is_over(campaign, last, step):
            return campaign
    return _opened(step, at)


def _is_over(campaign: Campaign, last: SequenceRound, step: SequenceStep) -> bool:
    """Whether somebody ended the campaign, and then had the series go on all the same."""
    confirmed_at = step.sequence.confirmed_at
    is_ended = campaign.state is CampaignState.CANCELLED
    return is_ended and confirmed_at is not None and last.opened_at < confirmed_at


def _opened(step: SequenceStep, at: datetime) -> Campaign:
    """Begin another; without a hold, for nobody pressed a button."""
    sequence = step.sequence
    run = campaigns.next_run(step.issue_id, sequence.list_id)
    decided_by = sequence.confirmed_by or sequence.created_by
    order = Order(step.issue_id, sequence.list_id, run, at, decided_by, given_by=WORKER)
    campaign = campaigns.schedule(order, at)
    campaign.starts_at = at
    step.rounds.append(SequenceRound(campaign=campaign, opened_at=at))
    db.session.flush()
    pipeline.start(campaign.id, at)
    return campaign
