"""Reading automatic letters and their periods."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from mailer.consent.queries import sendable
from mailer.db import db
from mailer.errors import NotFound
from mailer.newsletters import sent_articles
from mailer.newsletters.blocks import parse
from mailer.newsletters.digest_models import Digest, DigestMode, DigestRun
from mailer.newsletters.digest_states import ON_ITS_WAY, Readership, RunState
from mailer.newsletters.models import Newsletter
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.states import State

LISTED = 50


def digests() -> Sequence[Digest]:
    """All of them, by the name of their series."""
    found = select(Digest).join(Newsletter).order_by(Newsletter.name, Digest.id)
    options = (joinedload(Digest.newsletter), joinedload(Digest.template))
    return db.session.scalars(found.options(*options, selectinload(Digest.modes))).all()


def leaving_for(list_id: int) -> Sequence[Digest]:
    """Those of the list that leave by themselves."""
    is_own = Digest.newsletter.has(Newsletter.list_id == list_id)
    found = select(Digest).where(is_own, Digest.started_at.is_not(None))
    return db.session.scalars(found.order_by(Digest.id)).all()


def digest(digest_id: int) -> Digest:
    """The automatic letter; raises NotFound."""
    found = db.session.get(Digest, digest_id)
    if found is None:
        raise NotFound("digest")
    return found


def locked(digest_id: int) -> Digest:
    """The same, which nobody else changes until the transaction ends; raises NotFound."""
    found = db.session.get(Digest, digest_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise NotFound("digest")
    return found


def digest_of(newsletter_id: int) -> Digest | None:
    """The automatic letter of the series."""
    return db.session.scalar(select(Digest).where(Digest.newsletter_id == newsletter_id))


def due(at: datetime) -> DigestMode | None:
    """The mode that has waited longest for its hour, ours until the transaction ends."""
    return db.session.scalar(
        select(DigestMode)
        .where(DigestMode.next_at <= at)
        .order_by(DigestMode.next_at, DigestMode.digest_id, DigestMode.frequency)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def has_had(run: DigestRun) -> bool:
    """Whether the period has had its letter, on another day of an older rhythm perhaps."""
    same = (
        DigestRun.digest_id == run.digest_id,
        DigestRun.frequency == run.frequency,
        DigestRun.period == run.period,
    )
    return bool(db.session.scalar(select(exists().where(*same))))


def runs_in(state: RunState) -> Sequence[int]:
    """The periods that stand so, the oldest first."""
    return db.session.scalars(
        select(DigestRun.id).where(DigestRun.state == state).order_by(DigestRun.id)
    ).all()


def run_locked(run_id: int) -> DigestRun:
    """The period as it is now, which nobody else moves until the transaction ends."""
    return db.session.get_one(DigestRun, run_id, populate_existing=True, with_for_update=True)


def run_of(issue_id: int) -> DigestRun | None:
    """The period whose letter it is."""
    return db.session.scalar(select(DigestRun).where(DigestRun.issue_id == issue_id))


def readership(issue_id: int) -> Readership | None:
    """Whom the letter is for, if it is one of a period; None for everybody."""
    run = run_of(issue_id)
    return run.readership if run else None


def history(digest_id: int) -> Sequence[DigestRun]:
    """Its last periods, newest first."""
    found = select(DigestRun).where(DigestRun.digest_id == digest_id)
    newest = found.order_by(DigestRun.due_at.desc(), DigestRun.id.desc()).limit(LISTED)
    return db.session.scalars(newest.options(joinedload(DigestRun.issue))).all()


def last_runs(digest_ids: Collection[int]) -> dict[int, DigestRun]:
    """The last period of each of them that has had one."""
    latest = (
        select(func.max(DigestRun.id))
        .where(DigestRun.digest_id.in_(digest_ids))
        .group_by(DigestRun.digest_id)
    )
    found = db.session.scalars(select(DigestRun).where(DigestRun.id.in_(latest)))
    return {run.digest_id: run for run in found}


def on_its_way(digest_id: int, frequency: Frequency) -> frozenset[str]:
    """The keys of the articles in letters of earlier periods that are about to leave."""
    found = (
        select(DigestRun)
        .where(
            DigestRun.digest_id == digest_id,
            DigestRun.frequency == frequency,
            DigestRun.state.in_(ON_ITS_WAY),
        )
        .options(joinedload(DigestRun.issue))
    )
    return frozenset(
        article.key
        for run in db.session.scalars(found)
        if run.issue
        for article in sent_articles.articles_of(parse(run.issue.blocks))
    )


def readers(run: DigestRun) -> int:
    """How many receive the letter of the period."""
    list_id = run.digest.newsletter.list_id
    counted = people([list_id])
    return sum(counted.get((list_id, each), 0) for each in run.readership.frequencies)


def people(list_ids: Collection[int]) -> dict[tuple[int, Frequency], int]:
    """How many may be sent each list, by how often they want it."""
    counted = (
        select(Subscription.list_id, Subscription.frequency, func.count())
        .join(Subscriber, Subscriber.id == Subscription.subscriber_id)
        .where(
            Subscription.list_id.in_(list_ids),
            Subscription.state == State.ACTIVE,
            sendable(Subscriber.fingerprint),
        )
        .group_by(Subscription.list_id, Subscription.frequency)
    )
    return {(list_id, each): count for list_id, each, count in db.session.execute(counted)}
