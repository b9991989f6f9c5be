"""What the database tells of the work, as metrics; counted when asked, kept nowhere.

A number per state, never one per person or per letter: whoever sees a metric learns of nobody.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from flask import current_app
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Select, func, select

from mailer.backups import taking
from mailer.clock import now
from mailer.db import db
from mailer.delivery.models import Campaign
from mailer.delivery.states import CampaignState
from mailer.mail import allowances
from mailer.mail.models import OutboxMessage
from mailer.mail.models import State as OutboxState
from mailer.monitoring import readiness
from mailer.webhooks import queries as webhooks
from mailer.webhooks.models import State as TellingState
from mailer.webhooks.queries import Standing
from mailer.worker import beats
from mailer.worker.models import JobTurn

# Those that have not ended: the sent ones are kept for weeks, and counting them reads them all.
IN_THE_OUTBOX = (
    OutboxState.QUEUED,
    OutboxState.LEASED,
    OutboxState.UNCERTAIN,
    OutboxState.REPEATED,
)
ENDED = (OutboxState.SENT, OutboxState.FAILED)
OPEN_TELLINGS = (TellingState.QUEUED, TellingState.DEAD)
HOUR = timedelta(hours=1)


class Figures(Collector):
    """Read by the library of Prometheus at each scrape."""

    def collect(self) -> Iterator[Metric]:
        """The figures of this instant."""
        at = now()
        yield _readiness(at)
        yield _outbox()
        yield _longest_wait(at)
        yield _ended(at)
        yield _campaigns()
        yield from _webhooks()
        yield _workers(at)
        yield _turns(at)
        yield _relays(at)
        yield from _backup(at)


def _readiness(at: datetime) -> Metric:
    found = GaugeMetricFamily(
        "mailer_ready", "1 for each part that is ready (/readyz says the same).", labels=["part"]
    )
    for part, state in readiness.look(at).items():
        found.add_metric([part], state is readiness.State.READY)
    return found


def _outbox() -> Metric:
    count = select(OutboxMessage.state, func.count()).where(OutboxMessage.state.in_(IN_THE_OUTBOX))
    told = "Mails to one person that have not ended."
    counted = count.group_by(OutboxMessage.state)
    return _by_state("mailer_outbox_messages", told, counted, IN_THE_OUTBOX)


def _by_state(
    name: str, told: str, counted: Select[StrEnum, int], states: Iterable[StrEnum]
) -> Metric:
    """How many there are in each state; none in one counts as well."""
    found = GaugeMetricFamily(name, told, labels=["state"])
    numbers = dict(db.session.execute(counted).all())
    for state in states:
        found.add_metric([state], numbers.get(state, 0))
    return found


def _longest_wait(at: datetime) -> Metric:
    """A mail deferred by its relay waits for its next attempt, and does not count before."""
    oldest = db.session.scalar(
        select(func.min(OutboxMessage.next_at)).where(OutboxMessage.state == OutboxState.QUEUED)
    )
    return GaugeMetricFamily(
        "mailer_outbox_wait_seconds",
        "For how long the mail that waits longest has been due.",
        value=max((at - oldest).total_seconds(), 0) if oldest else 0,
    )


def _ended(at: datetime) -> Metric:
    """Those of an hour: a rate is read from it, whichever process answers."""
    count = select(OutboxMessage.state, func.count()).where(
        OutboxMessage.state.in_(ENDED), OutboxMessage.ended_at > at - HOUR
    )
    told = "Mails to one person that were sent, or given up or withdrawn, within the last hour."
    counted = count.group_by(OutboxMessage.state)
    return _by_state("mailer_outbox_ended_last_hour", told, counted, ENDED)


def _webhooks() -> Iterator[Metric]:
    told = "Messages of webhooks that wait, or were given up."
    counted = webhooks.open_tellings()
    yield _by_state("mailer_webhook_messages", told, counted, OPEN_TELLINGS)
    told = (
        "Addresses that are told of events: those that take them, take nothing, are stopped by a"
        " person, were given up."
    )
    yield _by_state("mailer_webhook_endpoints", told, webhooks.standings(), Standing)


def _campaigns() -> Metric:
    counted = select(Campaign.state, func.count()).group_by(Campaign.state)
    return _by_state("mailer_campaigns", "Campaigns in each state.", counted, CampaignState)


def _workers(at: datetime) -> Metric:
    alive = sum(not beats.is_silent(one, at) for one in beats.known())
    return GaugeMetricFamily("mailer_workers", "Workers that are alive.", value=alive)


def _turns(at: datetime) -> Metric:
    found = GaugeMetricFamily(
        "mailer_job_age_seconds", "Seconds since each job began last.", labels=["job"]
    )
    for turn in db.session.scalars(select(JobTurn)):
        found.add_metric([turn.job], (at - turn.taken_at).total_seconds())
    return found


def _relays(at: datetime) -> Metric:
    found = GaugeMetricFamily(
        "mailer_relay_paused", "1 while the relay is left alone.", labels=["relay"]
    )
    for standing in allowances.standing(at):
        found.add_metric([standing.name], standing.pause is not None)
    return found


def _backup(at: datetime) -> Iterator[Metric]:
    """Nothing while there is none: an alert on its absence tells that from an old one."""
    if newest := taking.newest(taking.place_of(current_app.config)):
        yield GaugeMetricFamily(
            "mailer_backup_age_seconds",
            "Seconds since the last backup was taken.",
            value=(at - taking.taken_at(newest)).total_seconds(),
        )
