"""Answers, gathered until they are worth a commit, and done what they call for."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from time import monotonic

from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import campaigns, consequences, ledger, outcomes
from mailer.delivery.batch import Answered, Batch, Claimed, Unsent
from mailer.delivery.consequences import Consequence
from mailer.delivery.outcomes import Verdict
from mailer.delivery.states import CampaignState
from mailer.mail import allowances
from mailer.mail.outcome import Kind

# By number or by time, whichever comes first: a commit that waits for the disk costs as much as
# the writing of some hundred rows.
MOST_ANSWERS = 1000
LONGEST_SECONDS = 0.05

# So many people in a row refused by a policy, and nobody accepted between them: it is about us.
MOST_IN_DOUBT = 5


class Group:
    """What one turn learned since its last commit."""

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._answered: list[Answered] = []
        self._unsent: list[Unsent] = []
        # Refused by a policy since the last acceptance, and whether there ever was one.
        self._doubtful: list[Answered] = []
        self._has_accepted = False
        # Relays of which every worker knows that they answer.
        self._greeted: frozenset[str] = frozenset()
        self._since = monotonic()
        # Nothing is claimed before this is written: a relay is down, or people were given back.
        self.is_urgent = False

    def add(self, answered: Answered) -> None:
        """Remember an answer."""
        if answered.outcome.kind is Kind.ACCEPTED:
            self._has_accepted = True
            self._clear_doubts()
        elif consequences.of(answered.outcome) is Consequence.DOUBT:
            self._doubtful.append(answered)
            self.is_urgent |= len(self._doubtful) >= MOST_IN_DOUBT
            return
        self._answered.append(answered)

    def _clear_doubts(self) -> None:
        """What was refused between others that were accepted is about those it was refused to."""
        if self._doubtful:
            self._answered += self._doubtful
            self._doubtful = []

    def end(self) -> None:
        """Commit what is left: a few refused people prove nothing where nobody was accepted."""
        if self._has_accepted:
            self._clear_doubts()
        self._write(self._doubtful)

    def give_back(self, batch: Batch, first: int) -> None:
        """Remember the people of the batch, from that position on, to whom nothing left."""
        self._unsent += [Unsent(batch.campaign_id, person) for person in batch.people[first:]]
        self.is_urgent |= bool(self._unsent)

    @property
    def is_due(self) -> bool:
        """Whether it is time to commit."""
        if not self._answered and not self._unsent and not self.is_urgent:
            return False
        waited = monotonic() - self._since
        return self.is_urgent or waited > LONGEST_SECONDS or len(self._answered) >= MOST_ANSWERS

    def commit(self) -> None:
        """Write it all, in one transaction; a few doubtful refusals wait for what others get."""
        self._write(self._doubtful if len(self._doubtful) >= MOST_IN_DOUBT else [])

    def _write(self, ours: list[Answered]) -> None:
        at = now()
        verdict = outcomes.judge(self._answered, self._unsent, at)
        verdict.blame_us(ours, at)
        with transaction():
            settle(self._owner, verdict, at, self._greeted)
        self._greeted = (self._greeted | verdict.up) - verdict.down.keys()
        self._answered, self._unsent = [], []
        if ours:
            self._doubtful, self._has_accepted = [], False
        self._since, self.is_urgent = monotonic(), False


def settle(
    owner: str, verdict: Verdict, at: datetime, greeted: frozenset[str] = frozenset()
) -> None:
    """Do what answers call for. A campaign that some mails wait for cannot end meanwhile.

    All take the rows of relays in the same order, and those of the limits last: no two workers
    can wait for each other. `greeted` are the relays that are known to answer.
    """
    touched = [campaigns.locked(number) for number in sorted(verdict.unfinished)]
    ledger.record(owner, verdict.results, at)
    outcomes.suppress(verdict.dead, at)
    for relay in sorted((verdict.up - greeted) | verdict.down.keys()):
        if silence := verdict.down.get(relay):
            allowances.pause(relay, silence.status, at)
        else:
            allowances.answers(relay)
    silent_until = allowances.silent_until(at) if verdict.held_up else None
    for campaign in touched:
        if fault := verdict.faults.get(campaign.id):
            campaigns.fail(campaign, consequences.failure_of(fault), fault.status)
        elif silent_until:
            campaigns.wait(campaign, silent_until)
        if campaign.state is CampaignState.CANCELLED:
            ledger.withhold_rest(campaign.id, at)
        elif campaign.state is CampaignState.FINISHED:
            # A journal that was found late says that some mails never left.
            campaigns.go_on(campaign, at)
    _refund(verdict.unsent, at)


def _refund(unsent: Iterable[Claimed], at: datetime) -> None:
    """Give back the places that were taken for mails that never left."""
    places = defaultdict(list)
    for person in unsent:
        if person.claimed_at:
            places[person.claimed_at].append((person.relay, person.domain))
    allowances.refund(places, at)
