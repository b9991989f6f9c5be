"""Cases of some months: received on a day, answered or closed some days later."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine

from mailer import addresses
from mailer.consent.subjects import fingerprint_of
from mailer.db import transaction
from mailer.rights import answering, operations, queries
from mailer.rights.decision import Decision
from mailer.rights.kinds import AT_ONCE
from mailer.rights.models import Channel
from mailer.rights.operations import Intake
from mailer.rights.states import Outcome

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY) as travel:
        yield travel


@pytest.fixture
def lived(app):
    """`lived(Right.ACCESS, on=day, answered_after=12)`: a case and what became of it."""

    def receive(*rights, on, answered_after=None, outcome=Outcome.NO_DATA, **more):
        address = addresses.parse(more.pop("address", "nadia.k@exemple.fr"))
        ground = more.pop("ground", None)
        at = datetime.combine(on, time(9), UTC)
        asked = Intake(
            address=address,
            fingerprint=fingerprint_of(address),
            rights=rights,
            verbatim="Madame, Monsieur…",
            received_on=on,
            language="fr",
            calendar="metropole",
            **{"channel": Channel.POST} | more,
        )
        with transaction():
            case = operations.receive(asked, "account:1", at)
            if answered_after is not None:
                outcomes = {r: Outcome.GRANTED if r in AT_ONCE else outcome for r in rights}
                decided = Decision(outcomes, "Voici.", "Parce que.", dict.fromkeys(rights, ground))
                answering.answer(case, decided, "account:1", at + timedelta(answered_after))
            reference = case.reference
        return queries.by_reference(reference)

    return receive
