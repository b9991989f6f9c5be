"""What events come to, one after the other."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest

from mailer.consent.evidence import Kind, Method
from mailer.consent.states import ALL_LISTS, NOTHING, Happened, apply

LETTER = "list:la-lettre"
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


@dataclass
class Told:
    """Events in the order in which they are told, a minute apart."""

    number: int = 0

    def event(self, kind, purpose=LETTER, method=Method.WEB_FORM):
        self.number += 1
        at = NOON + timedelta(minutes=self.number)
        return Happened(self.number, purpose, kind, method, at, f"case:{self.number}")


def after(*told):
    """The record after these kinds, each alone or with its purpose and method."""
    story = Told()
    events = [story.event(*(one if isinstance(one, tuple) else (one,))) for one in told]
    return reduce(apply, events, NOTHING)


def standing(*told):
    return after(*told).standings[LETTER].kind


PRESSED = (Kind.CONFIRMED, LETTER, Method.CONFIRM_POST)
OBJECTED = (Kind.OBJECTED, ALL_LISTS)
COMPLAINED = (Kind.COMPLAINED, ALL_LISTS)
BOUNCED = (Kind.HARD_BOUNCED, ALL_LISTS)
RESTRICTED = (Kind.RESTRICTED, ALL_LISTS)
UNRESTRICTED = (Kind.UNRESTRICTED, ALL_LISTS)
RESTORED = (Kind.RESTORED, ALL_LISTS)


def test_the_last_decision_stands_since_its_own_time_and_names_its_event():
    found = after(Kind.SIGNUP_REQUESTED, PRESSED, Kind.WITHDRAWN).standings[LETTER]

    assert found.kind == Kind.WITHDRAWN
    assert found.since == NOON + timedelta(minutes=3)
    assert found.event_id == 3


@pytest.mark.parametrize(
    "telling",
    [Kind.CONFIRMATION_SENT, Kind.RENEWAL_ASKED, Kind.PREFERENCE_CHANGED, Kind.RECTIFIED],
)
def test_what_only_tells_changes_nothing(telling):
    assert standing(PRESSED, telling) == Kind.CONFIRMED


@pytest.mark.parametrize("later", [OBJECTED, BOUNCED, RESTORED])
def test_the_end_of_a_restriction_takes_back_nothing_that_came_after_it(later):
    assert after(RESTRICTED, UNRESTRICTED).standings[ALL_LISTS].kind == Kind.UNRESTRICTED
    assert after(RESTRICTED, later, UNRESTRICTED).standings[ALL_LISTS].kind == later[0]


@pytest.mark.parametrize("yes", [Kind.CONFIRMED, Kind.RENEWED, Kind.IMPORTED])
def test_asking_again_takes_no_yes_back(yes):
    assert standing(yes, Kind.SIGNUP_REQUESTED) == yes


def test_asking_again_after_leaving_waits_for_the_button():
    assert standing(PRESSED, Kind.WITHDRAWN, Kind.SIGNUP_REQUESTED) == Kind.SIGNUP_REQUESTED


def test_a_link_that_expires_takes_back_only_what_waited_for_it():
    assert standing(Kind.SIGNUP_REQUESTED, Kind.CONFIRMATION_EXPIRED) == Kind.CONFIRMATION_EXPIRED
    assert standing(PRESSED, Kind.CONFIRMATION_EXPIRED) == Kind.CONFIRMED


@pytest.mark.parametrize("no", [Kind.WITHDRAWN, Kind.LAPSED, Kind.OBJECTED, Kind.ERASED])
def test_an_import_takes_back_no_no(no):
    assert standing(no, Kind.IMPORTED) == no


def test_purposes_stand_each_for_itself():
    found = after(PRESSED, (Kind.TRACKING_REFUSED, "track:opens"), (Kind.WITHDRAWN, "list:agenda"))

    assert {purpose: one.kind for purpose, one in found.standings.items()} == {
        LETTER: Kind.CONFIRMED,
        "track:opens": Kind.TRACKING_REFUSED,
        "list:agenda": Kind.WITHDRAWN,
    }


def test_erasure_ends_every_purpose_and_the_suppression_survives_it():
    found = after(OBJECTED, Kind.SIGNUP_REQUESTED, (Kind.ERASED, ALL_LISTS))

    assert {one.kind for one in found.standings.values()} == {Kind.ERASED}
    assert found.suppressed.kind == Kind.OBJECTED


@pytest.mark.parametrize("first", [BOUNCED, COMPLAINED])
def test_an_objection_outweighs_every_other_cause_and_is_outweighed_by_none(first):
    found = after(first, OBJECTED, COMPLAINED).suppressed

    assert (found.kind, found.origin) == (Kind.OBJECTED, "case:2")


@pytest.mark.parametrize("cause", [OBJECTED, COMPLAINED, BOUNCED])
@pytest.mark.parametrize("restricted_first", [True, False])
def test_the_end_of_a_restriction_ends_nothing_else(cause, restricted_first):
    causes = (RESTRICTED, cause) if restricted_first else (cause, RESTRICTED)

    assert after(*causes, UNRESTRICTED).suppressed.kind == cause[0]


def test_a_restriction_ends():
    assert after(RESTRICTED, UNRESTRICTED).suppressed is None


@pytest.mark.parametrize("cause", [OBJECTED, COMPLAINED, BOUNCED, RESTRICTED])
def test_the_button_in_the_mailbox_lifts_every_cause(cause):
    assert after(cause, PRESSED).suppressed is None


def test_staff_takes_back_a_bounce_and_nothing_else():
    assert after(BOUNCED, RESTORED).suppressed is None
    for cause in (OBJECTED, COMPLAINED, RESTRICTED):
        assert after(cause, RESTORED).suppressed.kind == cause[0]


@pytest.mark.parametrize("no", [OBJECTED, COMPLAINED])
def test_the_no_of_a_person_outweighs_a_bounce_in_either_order(no):
    assert after(BOUNCED, no).suppressed.kind == after(no, BOUNCED).suppressed.kind == no[0]


@pytest.mark.parametrize("method", [Method.IMPORT, Method.STAFF, Method.PREFERENCE_PAGE])
def test_no_other_yes_lifts_anything(method):
    assert after(OBJECTED, (Kind.CONFIRMED, LETTER, method)).suppressed


def test_an_objection_to_one_list_leaves_the_others():
    found = after(PRESSED, (Kind.OBJECTED, "list:agenda"))

    assert found.suppressed is None
    assert found.standings[LETTER].kind == Kind.CONFIRMED
