"""What the law asks follows from the risk."""

from dataclasses import replace

import pytest

from mailer.breaches.duties import Duty, Standing, is_running, open_duties, possible_phases
from mailer.breaches.kinds import Phase, Risk

EMPTY = Standing(False, None, False, (), False)
NO_RISK = Standing(True, Risk.NONE, True, (), False)
SOME_RISK = Standing(True, Risk.RISK, True, (Phase.WHOLE,), False)
HIGH_RISK = Standing(True, Risk.HIGH, True, (Phase.WHOLE,), True)


def test_a_new_incident_is_to_be_described_and_assessed():
    assert open_duties(EMPTY) == (Duty.DESCRIBE, Duty.ASSESS)


@pytest.mark.parametrize("settled", [NO_RISK, SOME_RISK, HIGH_RISK])
def test_an_incident_of_which_all_is_done_asks_for_nothing(settled):
    assert open_duties(settled) == ()


@pytest.mark.parametrize(
    ("standing", "duty"),
    [
        (replace(NO_RISK, is_risk_explained=False), Duty.EXPLAIN_RISK),
        (replace(SOME_RISK, phases=()), Duty.NOTIFY),
        (replace(SOME_RISK, phases=(Phase.INITIAL,)), Duty.COMPLETE),
        (replace(HIGH_RISK, phases=()), Duty.NOTIFY),
        (replace(HIGH_RISK, is_told=False), Duty.TELL),
    ],
)
def test_what_is_missing_is_asked_for(standing, duty):
    assert open_duties(standing) == (duty,)


def test_a_complement_completes_an_initial_notification():
    assert open_duties(replace(SOME_RISK, phases=(Phase.INITIAL, Phase.COMPLEMENT))) == ()


def test_a_complement_never_comes_first_and_nothing_else_comes_after():
    assert possible_phases(()) == (Phase.WHOLE, Phase.INITIAL)
    assert possible_phases((Phase.INITIAL,)) == (Phase.COMPLEMENT,)
    assert possible_phases((Phase.WHOLE, Phase.COMPLEMENT)) == (Phase.COMPLEMENT,)


@pytest.mark.parametrize(
    ("risk", "phases", "is_closed", "runs"),
    [
        (None, (), False, True),
        (Risk.RISK, (), False, True),
        (Risk.HIGH, (), False, True),
        (Risk.NONE, (), False, False),
        (Risk.HIGH, (Phase.INITIAL,), False, False),
        (None, (), True, False),
    ],
)
def test_the_clock_runs_until_the_authority_is_told_or_nobody_is_at_risk(
    risk, phases, is_closed, runs
):
    assert is_running(risk, phases, is_closed=is_closed) == runs
