"""What is done to automatic letters: set up, changed, started, paused."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from mailer.accounts.queries import actor_of
from mailer.audit import operations as audit
from mailer.db import db
from mailer.errors import Conflict
from mailer.newsletters import digest_queries as queries
from mailer.newsletters import operations
from mailer.newsletters.block_types import Section, Text
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import Draft
from mailer.newsletters.digest_models import Digest, DigestMode
from mailer.newsletters.digest_states import Then
from mailer.newsletters.periods import Timetable, following
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.pausing import Frequency


@dataclass(frozen=True)
class Rhythms:
    """When the letter leaves for whom, what then becomes of it, and since when articles count."""

    modes: tuple[tuple[Frequency, Timetable], ...]
    then: Then
    since: date


@dataclass(frozen=True)
class Pattern:
    """The template as it is first made: its subject, its opening words, what it takes."""

    subject: str
    preheader: str
    language: str
    intro: str
    section: Section


def set_up(
    mailing_list: MailingList, pattern: Pattern, rhythms: Rhythms, account_id: int, at: datetime
) -> Digest:
    """The automatic letter of the list, standing still; raises Conflict when it has one."""
    series = operations.series_of(mailing_list)
    if queries.digest_of(series.id):
        raise Conflict("digest")
    actor = actor_of(account_id)
    template = operations.draft_issue(series, [], pattern.language, at, actor)
    intro = (Block("b1", Text(pattern.intro)),) if pattern.intro else ()
    blocks = (*intro, Block("b2", pattern.section))
    draft = Draft(pattern.subject, pattern.preheader, blocks)
    operations.save(template, draft, template.revision, at, actor)
    digest = Digest(
        newsletter=series,
        template=template,
        then=rhythms.then,
        since=rhythms.since,
        created_by=account_id,
        created_at=at,
        modes=[_mode(*each) for each in rhythms.modes],
    )
    db.session.add(digest)
    db.session.flush()
    audit.record(actor, "set-up", f"digest:{digest.id}")
    return digest


def change(digest: Digest, rhythms: Rhythms, actor: str, at: datetime) -> None:
    """Give it other rhythms; it goes on at these, and waits for a person if they make it another.

    A period that has had its letter has no second one, on whatever day the new rhythm puts it.
    """
    digest.then, digest.since = rhythms.then, rhythms.since
    digest.modes.clear()
    db.session.flush()
    digest.modes.extend(_mode(*each) for each in rhythms.modes)
    if digest.started_at:
        _plan(digest, at)
    audit.record(actor, "change", f"digest:{digest.id}")
    db.session.flush()


def start(digest: Digest, account_id: int, at: datetime) -> None:
    """Have it leave by itself as it is now, from the next hour of its rhythm on.

    Raises Conflict for a list that is closed.
    """
    if digest.newsletter.mailing_list.closed_at:
        raise Conflict("closed list")
    digest.confirmed_by, digest.confirmed_seal = account_id, seal(digest)
    if digest.started_at is None:
        digest.started_at = at
        _plan(digest, at)
    audit.record(actor_of(account_id), "start", f"digest:{digest.id}")
    db.session.flush()


def pause(digest: Digest, actor: str) -> None:
    """Let no period begin any more; what has composed itself already goes its way."""
    digest.started_at = None
    for mode in digest.modes:
        mode.next_at = None
    audit.record(actor, "pause", f"digest:{digest.id}")
    db.session.flush()


def seal(digest: Digest) -> str:
    """The digest of all that decides what leaves and when: another one is another letter."""
    template = digest.template
    rhythms = [
        (mode.frequency, mode.rhythm, mode.hour, mode.weekdays, mode.day) for mode in digest.modes
    ]
    told = (template.subject, template.preheader, template.theme, template.blocks)
    decides = json.dumps([*told, rhythms, digest.then, digest.since.isoformat()], sort_keys=True)
    return hashlib.sha256(decides.encode()).hexdigest()


def is_as_confirmed(digest: Digest) -> bool:
    """Whether nothing has changed since a person had it leave by itself."""
    return digest.confirmed_seal == seal(digest)


def _plan(digest: Digest, at: datetime) -> None:
    for mode in digest.modes:
        mode.next_at = following(mode.timetable, at).at


def _mode(frequency: Frequency, timetable: Timetable) -> DigestMode:
    return DigestMode(
        frequency=frequency,
        rhythm=timetable.rhythm,
        hour=f"{timetable.hour:%H:%M}",
        weekdays=" ".join(map(str, timetable.weekdays)),
        day=timetable.day,
    )
