from itertools import product

import pytest

from mailer.delivery.states import (
    CAMPAIGN,
    DELIVERY,
    CampaignEvent,
    CampaignState,
    DeliveryEvent,
    DeliveryState,
    after,
    sources,
    target,
)
from mailer.errors import Conflict

CAMPAIGN_MOVES = {
    ("scheduled", "start"): "running",
    ("scheduled", "fail"): "failed",
    ("scheduled", "cancel"): "cancelled",
    ("running", "wait"): "waiting",
    ("running", "pause"): "paused",
    ("running", "fail"): "failed",
    ("running", "finish"): "finished",
    ("running", "stop"): "cancelled",
    ("waiting", "resume"): "running",
    ("waiting", "pause"): "paused",
    ("waiting", "fail"): "failed",
    ("waiting", "stop"): "cancelled",
    ("paused", "resume"): "running",
    ("paused", "stop"): "cancelled",
    ("failed", "retry"): "scheduled",
    ("finished", "retry"): "scheduled",
    ("cancelled", "retry"): "scheduled",
    ("finished", "take-in"): "running",
    ("failed", "stop"): "cancelled",
}

DELIVERY_MOVES = {
    ("queued", "claim"): "leased",
    ("queued", "withhold"): "withheld",
    ("deferred", "claim"): "leased",
    ("deferred", "withhold"): "withheld",
    ("leased", "release"): "queued",
    ("leased", "accept"): "sent",
    ("leased", "defer"): "deferred",
    ("leased", "reject"): "failed",
    ("leased", "lose"): "uncertain",
    ("uncertain", "accept"): "sent",
    ("uncertain", "reject"): "failed",
    ("uncertain", "release"): "queued",
    ("uncertain", "repeat"): "queued",
    ("sent", "bounce"): "failed",
    ("uncertain", "bounce"): "failed",
    ("failed", "revive"): "queued",
}


def check(moves, allowed, state, event):
    expected = allowed.get((state.value, event.value))
    if expected is None:
        with pytest.raises(Conflict):
            after(moves, state, event)
    else:
        assert after(moves, state, event) == expected


@pytest.mark.parametrize(("state", "event"), list(product(CampaignState, CampaignEvent)))
def test_a_campaign_moves_only_as_the_table_says(state, event):
    check(CAMPAIGN, CAMPAIGN_MOVES, state, event)


@pytest.mark.parametrize(("state", "event"), list(product(DeliveryState, DeliveryEvent)))
def test_a_delivery_moves_only_as_the_table_says(state, event):
    check(DELIVERY, DELIVERY_MOVES, state, event)


def test_what_was_sent_can_only_come_back():
    moves = {event for state, event in DELIVERY if state == DeliveryState.SENT}
    assert moves == {DeliveryEvent.BOUNCE}


@pytest.mark.parametrize(
    ("moves", "event"),
    [(CAMPAIGN, e) for e in CampaignEvent] + [(DELIVERY, e) for e in DeliveryEvent],
)
def test_every_event_leads_to_one_state(moves, event):
    reached = {after(moves, state, event) for state in sources(moves, event)}
    assert reached == {target(moves, event)}
