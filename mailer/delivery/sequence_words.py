"""Series of letters in plain words: where one stands, when its letters leave, who has had them."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _

from mailer.delivery import reports, sequences
from mailer.delivery.models import Campaign
from mailer.delivery.reports import Counts
from mailer.delivery.sequence_models import Sequence, SequenceStep
from mailer.delivery.sequence_rules import SequenceState
from mailer.delivery.states import CampaignState, DeliveryState

# The words of a state, and its look in app.css.
STATES: dict[SequenceState, tuple[LazyString, str]] = {
    SequenceState.DRAFT: (_("Pas encore en marche"), "late"),
    SequenceState.RUNNING: (_("En marche"), "done"),
    SequenceState.PAUSED: (_("En pause"), "late"),
    SequenceState.STOPPED: (_("Arrêtée"), ""),
}
# A campaign that takes nobody in before a person has seen to it.
STANDING = frozenset({CampaignState.PAUSED, CampaignState.FAILED, CampaignState.CANCELLED})


@dataclass(frozen=True)
class Told:
    """A step as its page tells it: the ledger's counts, and what keeps it from leaving."""

    step: SequenceStep
    sent: int
    waiting: int
    withheld: int
    failed: int
    is_as_confirmed: bool
    is_ready: bool
    # The campaign that a person must see to.
    standing: Campaign | None


def day(days: int) -> str:
    """When a letter leaves: Le jour même, 3 jours après."""
    if not days:
        return str(gettext("Le jour même"))
    return str(ngettext("%(num)s jour après", "%(num)s jours après", days))


def told(sequence: Sequence) -> list[Told]:
    """The steps in their order, counted in one statement."""
    counted = reports.counts(each.campaign_id for step in sequence.steps for each in step.rounds)
    unready = sequences.unready(sequence)
    return [
        _told(
            step, [counted[each.campaign_id] for each in step.rounds], is_ready=step not in unready
        )
        for step in sequence.steps
    ]


def _told(step: SequenceStep, counts: Iterable[Counts], *, is_ready: bool) -> Told:
    every = list(counts)

    def of(*states: DeliveryState) -> int:
        return sum(each.of(*states) for each in every)

    last = step.rounds[-1].campaign if step.rounds else None
    is_running = step.sequence.state is SequenceState.RUNNING
    return Told(
        step,
        of(DeliveryState.SENT),
        sum(each.left for each in every),
        of(DeliveryState.WITHHELD),
        of(DeliveryState.FAILED, DeliveryState.UNCERTAIN),
        sequences.is_as_confirmed(step),
        is_ready,
        last if last and is_running and last.state in STANDING else None,
    )
