"""A period of an automatic letter, from its hour to its campaign, one commit a step.

claim      a row of its own for the period, and the next hour of the mode
| compose  what is new becomes a letter, or the row says that nothing is
| settle   the letter is approved, or left as a draft and its editor told
| schedule delivery makes its campaign (delivery/automatic.py)
| freeze   the audience and the ledger of articles (delivery/pipeline.py)

Each step finds its rows by their state and moves them in the same commit, so that a worker that
dies between two of them leaves the rest to the next.
"""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from flask_babel import force_locale, format_date

from mailer.accounts import queries as accounts
from mailer.audit import operations as audit
from mailer.clock import paris_day
from mailer.db import db
from mailer.errors import Conflict, Invalid
from mailer.mail import outbox
from mailer.newsletters import approving, digest_emails, filling, operations
from mailer.newsletters import digest_queries as queries
from mailer.newsletters import queries as letters
from mailer.newsletters.approving import OwnLetter
from mailer.newsletters.block_types import Section
from mailer.newsletters.blocks import LINE_CHARACTERS, Block, dump, parse
from mailer.newsletters.digest_models import Digest, DigestMode, DigestRun
from mailer.newsletters.digest_states import (
    Readership,
    RunEvent,
    RunState,
    Standing,
    Why,
    after,
    reason_to_wait,
    served,
)
from mailer.newsletters.digests import is_as_confirmed
from mailer.newsletters.filling import News
from mailer.newsletters.models import Issue
from mailer.newsletters.periods import following, latest
from mailer.newsletters.readers import may_be_for
from mailer.newsletters.sections import Picks
from mailer.newsletters.typesetting import set_block
from mailer.newsletters.typography import mended

WORKER = "job:compose-digests"
# Of a letter that nobody has saved since it composed itself.
AS_COMPOSED = 1


class Composed(NamedTuple):
    """A letter, and how many articles are new in it."""

    issue: Issue
    articles: int


def claim(at: datetime) -> bool:
    """Take the period that has waited longest for its hour; False when none is due.

    Of periods that passed while no worker was alive, the last one stands for all of them.
    """
    mode = queries.due(at)
    if mode is None or mode.next_at is None:
        return False
    digest = queries.digest(mode.digest_id)
    if occurrence := latest(mode.timetable, mode.next_at, at):
        run = DigestRun(
            digest_id=digest.id,
            frequency=mode.frequency,
            period=occurrence.period,
            served=" ".join(readership(digest, mode).frequencies),
            due_at=occurrence.at,
            at=at,
        )
        if not queries.has_had(run):
            db.session.add(run)
    mode.next_at = following(mode.timetable, at).at
    db.session.flush()
    return True


def pass_over(at: datetime) -> None:
    """Leave the periods whose hour has come without a letter."""
    while mode := queries.due(at):
        mode.next_at = following(mode.timetable, at).at
        db.session.flush()


def readership(digest: Digest, mode: DigestMode) -> Readership:
    """Whom the letter of that mode is for."""
    modes = frozenset(each.frequency for each in digest.modes)
    return Readership(mode.frequency, served(mode.frequency, modes))


def compose(run_id: int, at: datetime) -> None:
    """Make the letter of the period of all that is new to its readers, or note that nothing is."""
    run = queries.run_locked(run_id)
    if run.state is not RunState.CLAIMED:
        return
    made = letter(run.digest, run.readership, at)
    if made is None:
        _move(run, RunEvent.FIND_NOTHING, at)
        return
    db.session.add(made.issue)
    run.issue, run.articles = made.issue, made.articles
    _move(run, RunEvent.COMPOSE, at)
    db.session.flush()
    # Who wrote the template has written what it becomes: for many, somebody else approves it.
    approving.copied(made.issue, run.digest.template, accounts.actor_of(run.digest.created_by), at)
    audit.record(WORKER, "compose", f"issue:{made.issue.id}")


def letter(digest: Digest, readers: Readership, at: datetime) -> Composed | None:
    """The letter that would leave now, not stored yet; None when there is nothing new."""
    slug = digest.newsletter.mailing_list.slug
    blocks = tuple(
        _only_new(block)
        for block in parse(digest.template.blocks)
        if may_be_for(block.when, slug, readers.frequencies)
    )
    news = News(
        digest.newsletter.list_id,
        (readers.own,),
        digest.since,
        queries.on_its_way(digest.id, readers.own),
    )
    picks = filling.picks(blocks, news, at)
    if not any(picks.values()):
        return None
    issue = operations.copy_of(digest.template, at)
    # Nobody is there to mend the typography of what the sources wrote.
    issue.blocks = dump(
        tuple(set_block(block, issue.language) for block in filling.filled(blocks, picks))
    )
    issue.subject = mended(_named(issue.subject, issue.language, picks, at), issue.language)
    issue.preheader = mended(_named(issue.preheader, issue.language, picks, at), issue.language)
    return Composed(issue, sum(map(len, picks.values())))


def _only_new(block: Block) -> Block:
    """What leaves by itself is never sent again, whatever its section asks for."""
    if isinstance(block.props, Section):
        return replace(block, props=replace(block.props, unsent=True))
    return block


def _named(text: str, language: str, picks: Picks, at: datetime) -> str:
    first = next(each for chosen in picks.values() for each in chosen)
    with force_locale(language):
        dated = text.replace("{date}", str(format_date(paris_day(at), "long")))
    return dated.replace("{titre}", first.title)[:LINE_CHARACTERS]


def settle(run_id: int, at: datetime) -> None:
    """Approve the letter of the period, or leave it as a draft and tell who set it up."""
    run = queries.run_locked(run_id)
    if run.state is not RunState.COMPOSED or run.issue_id is None:
        return
    issue = letters.locked_anywhere(run.issue_id)
    why = reason_to_wait(_standing(run))
    if why is None:
        why = _approve(run, issue, at)
    if why is None:
        _move(run, RunEvent.APPROVE, at)
    else:
        leave(run, issue, why, at)


def _approve(run: DigestRun, issue: Issue, at: datetime) -> Why | None:
    sender = run.digest.confirmed_by
    assert sender is not None  # noqa: S101 - else there is a reason to wait
    try:
        operations.approve_unread(issue, AS_COMPOSED, accounts.actor_of(sender), at)
    except Invalid:
        return Why.BLOCKED
    except OwnLetter:
        return Why.MANY
    except Conflict:
        return Why.TAKEN_BACK
    return None


def leave(run: DigestRun, issue: Issue, why: Why, at: datetime) -> None:
    """Leave its letter to a person, and tell who set it up."""
    run.why = why
    _move(run, RunEvent.LEAVE, at)
    _tell(run, issue)


def _standing(run: DigestRun) -> Standing:
    digest = run.digest
    sender = accounts.by_id(digest.confirmed_by) if digest.confirmed_by else None
    return Standing(
        then=digest.then,
        is_as_confirmed=is_as_confirmed(digest),
        is_open=sender is not None and "sender" in sender.roles,
        is_for_many=approving.is_for_many(queries.readers(run)),
    )


def _tell(run: DigestRun, issue: Issue) -> None:
    """A mail to who set it up; a person who works here no more is not written to."""
    editor = accounts.by_id(run.digest.created_by)
    if editor is not None:
        outbox.put(digest_emails.draft_waits(run, issue, editor.email), f"digest-run:{run.id}")


def waiting() -> list[int]:
    """The periods whose approved letter waits for its campaign, the oldest first."""
    return list(queries.runs_in(RunState.APPROVED))


def approved(run_id: int) -> DigestRun | None:
    """The period, ours until the transaction ends; None when its letter waits no more."""
    run = queries.run_locked(run_id)
    return run if run.state is RunState.APPROVED else None


def scheduled(run: DigestRun, at: datetime) -> None:
    """Note that its campaign is made."""
    _move(run, RunEvent.SCHEDULE, at)


def frozen(issue_id: int, at: datetime) -> None:
    """Note that the letter, if it is one of a period, has its audience."""
    if (run := queries.run_of(issue_id)) and run.state is not RunState.SENT:
        _move(run, RunEvent.FREEZE, at)


def cancelled(issue_id: int, at: datetime) -> None:
    """Note that the letter was called back in time: its articles are as new as before."""
    if (run := queries.run_of(issue_id)) and run.state is RunState.SCHEDULED:
        _move(run, RunEvent.CANCEL, at)


def _move(run: DigestRun, event: RunEvent, at: datetime) -> None:
    run.state, run.at = after(run.state, event), at
