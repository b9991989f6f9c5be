"""Looking at an address that an editor gave: asked for, claimed by the worker, then told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from mailer import rulebook
from mailer.articles import findings, operations
from mailer.articles.data import Aim, Problem
from mailer.articles.discovery import Found
from mailer.articles.models import Lookup
from mailer.db import db, hint
from mailer.errors import Conflict

JOB = "look-at-addresses"
KEPT = timedelta(days=rulebook.load().figures.lookup_days.value)


@dataclass(frozen=True)
class Claimed:
    """An address that this worker looks at now."""

    lookup_id: int
    typed: str


def ask(typed: str, aim: Aim, at: datetime, actor: str) -> int:
    """Have the address looked at; the number to follow it by."""
    lookup = Lookup(typed=typed, aim=aim, actor=actor, asked_at=at, due_at=at)
    db.session.add(lookup)
    db.session.flush()
    hint(JOB)
    return lookup.id


def claim(at: datetime) -> Claimed | None:
    """The address that somebody waits for longest, ours for a while; or None.

    None is looked at twice: what ended one worker would end the next, and nobody would be told.
    """
    while (lookup := _due(at)) is not None:
        if not lookup.is_begun and lookup.asked_at > at - KEPT:
            lookup.due_at = at + operations.LEASE
            return Claimed(lookup.id, lookup.typed)
        lookup.due_at, lookup.failure = None, Problem.BROKEN_OFF
    return None


def _due(at: datetime) -> Lookup | None:
    return db.session.scalar(
        select(Lookup)
        .where(Lookup.due_at <= at)
        .order_by(Lookup.due_at, Lookup.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def tell(lookup_id: int, found: Found, at: datetime) -> None:
    """Keep what was found: as a source where one is wanted, else to be shown."""
    lookup = _open(lookup_id)
    if lookup is None:
        return
    lookup.due_at = None
    if lookup.aim is Aim.TRY:
        lookup.found = findings.written(findings.preview(found))
        return
    try:
        source = operations.add_source(found.reading, lookup.typed, at, lookup.actor)
    except Conflict:
        lookup.failure = Problem.KNOWN
        return
    source.preset = found.preset or ""
    lookup.source_id = source.id


def note_failure(lookup_id: int, reason: str) -> None:
    """Remember why nothing was found; whoever gave the address mends it."""
    lookup = _open(lookup_id)
    if lookup is not None:
        lookup.due_at, lookup.failure = None, reason


def _open(lookup_id: int) -> Lookup | None:
    """The one that is not told yet: a worker that came late finds it answered, or gone."""
    return db.session.scalar(
        select(Lookup).where(Lookup.id == lookup_id, Lookup.due_at.is_not(None)).with_for_update()
    )
