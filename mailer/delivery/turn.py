"""One worker's turn at the running campaigns: it claims ahead, hands out mails, takes answers."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from time import monotonic

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from mailer import shutdown
from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import campaigns, claims, consequences, holding, messages, pace
from mailer.delivery.batch import Answered, Batch, Claimed
from mailer.delivery.group import Group
from mailer.delivery.journal import Journal
from mailer.delivery.messages import Letter
from mailer.errors import Invalid
from mailer.mail import allowances
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.transports import Answer, Envelope

# How often campaigns that began meanwhile are looked for.
LOOK = timedelta(seconds=1)
# How often a campaign that is being sent is asked about: so soon a pause is obeyed.
ASK = timedelta(seconds=0.5)
# How soon those are asked for again whom another worker is just claiming.
SOON = timedelta(milliseconds=50)

# An address that no field can hold, as for a relay that cannot write it (RFC 6531, 3.5): one mail
# that cannot be built must not hold up the others.
UNWRITABLE = Outcome(Kind.REJECTED, "5.6.7", "", Stage.RCPT)

Writer = Callable[[Claimed], Envelope]


class Turn:
    """Lazy in both directions: a mail is claimed when it can leave, an answer committed in a group.

    A database that fails ends the turn gently: what is in flight is still answered, in the journal.
    """

    def __init__(self, journal: Journal, ends_at: datetime) -> None:
        self._journal, self._ends_at = journal, ends_at
        self._group = Group(journal.owner)
        self._round: deque[int] = deque()
        self._look_at = now()
        self._letters: dict[int, Letter] = {}
        self._flying: dict[int, tuple[int, Claimed]] = {}
        # What was claimed is not to leave before it is asked for again.
        self._is_void = False
        self._stopping = shutdown.stopping(current_app)
        self._size, self._claimed_at = 0, monotonic()
        self._fault: SQLAlchemyError | None = None

    def envelopes(self) -> Iterator[Envelope | None]:
        """The mails of whoever is due, until nobody is, the turn is over or the process ends."""
        while not self._is_over():
            if self._group.is_urgent:
                yield None
            elif batch := self._claim():
                yield from self._leaving(batch) if batch.people else (None,)
            elif now() + LOOK < self._look_at:
                return
            else:
                yield None

    def leaves(self, key: int) -> None:
        """Note that a mail may arrive from here on (Logbook)."""
        self._journal.leaves(key)

    def answered(self, key: int, outcome: Outcome) -> None:
        """Note an answer; one that holds more than its mail up is seen to first (Logbook)."""
        self._journal.answered(key, outcome)
        if outcome.kind is not Kind.ACCEPTED and consequences.holds_up(outcome):
            self._group.is_urgent = self._is_void = True

    def take(self, answers: Sequence[Answer]) -> None:
        """Remember the answers, and commit when it is time."""
        for key, outcome in answers:
            self._group.add(Answered(*self._flying.pop(key), outcome))
        self._is_void |= self._group.is_urgent
        if self._group.is_due:
            self._commit(self._group.commit)

    def end(self) -> None:
        """Commit the last answers; raises what the database raised in this turn."""
        self._commit(self._group.end)
        if self._fault:
            raise self._fault

    def _is_over(self) -> bool:
        return self._fault is not None or self._stopping.is_set() or now() >= self._ends_at

    def _commit(self, commit: Callable[[], None]) -> None:
        if self._fault:
            return
        try:
            commit()
        except SQLAlchemyError as error:
            self._fault = error

    def _claim(self) -> Batch | None:
        """The next people of one campaign after another; None when nobody is due anywhere."""
        if not self._round and now() < self._look_at:
            return None
        try:
            with transaction():
                return self._next(now())
        except SQLAlchemyError as error:
            self._fault = error
            return None

    def _next(self, at: datetime) -> Batch | None:
        if held := holding.now_held(at):
            self._round.clear()
            self._look_at = held.until
            return None
        if at >= self._look_at:
            # Behind those whose turn it is: one that takes all of each second starves nobody.
            self._round.extend(n for n in claims.due(at) if n not in self._round)
            self._look_at = at + LOOK
        while self._round:
            campaign = campaigns.by_id(self._round.popleft())
            if batch := claims.claim(campaign, self._next_size(at), self._journal.owner, at):
                if campaign.id not in self._letters:
                    self._letters[campaign.id] = messages.prepare(campaign)
                self._round.append(campaign.id)
                return batch
        self._look_at = max(claims.next_due() or self._ends_at, at + SOON)
        return None

    def _next_size(self, at: datetime) -> int:
        took = timedelta(seconds=monotonic() - self._claimed_at)
        self._size = pace.next_batch(self._size, took) if self._size else pace.FIRST_BATCH
        self._claimed_at = monotonic()
        room = allowances.room(at)
        return self._size if room is None else min(self._size, room)

    def _leaving(self, batch: Batch) -> Iterator[Envelope]:
        """The mails of the batch while the claim is fresh; whoever is left is asked for again."""
        write = self._letters[batch.campaign_id].writer(now())
        stale_at, ask_at = now() + pace.FRESH, now() + ASK
        left, self._is_void = 0, False
        try:
            for person in batch.people:
                if self._is_void or self._stopping.is_set():
                    return
                if (at := now()) > ask_at:
                    ask_at = at + ASK
                    if at > stale_at or not self._still_runs(batch.campaign_id):
                        return
                left += 1
                if envelope := self._written(write, batch.campaign_id, person):
                    yield envelope
        finally:
            self._group.give_back(batch, left)

    def _written(self, write: Writer, campaign_id: int, person: Claimed) -> Envelope | None:
        """The mail; None for a person to whom none can be written, which the ledger is told."""
        try:
            envelope = write(person)
        except Invalid:
            self._group.add(Answered(campaign_id, person, UNWRITABLE))
            return None
        self._flying[person.delivery_id] = campaign_id, person
        return envelope

    def _still_runs(self, campaign_id: int) -> bool:
        try:
            runs = claims.is_running(campaign_id)
            # A slow relay must not hold a transaction open.
            db.session.rollback()
        except SQLAlchemyError as error:
            self._fault = error
            return False
        return runs
