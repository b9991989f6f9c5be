"""Whoever the address belongs to, a stranger sees the same bytes and the program does the same."""

import pytest
from statements import neutral, statements

from mailer.addresses import fingerprint, parse
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import transaction
from mailer.subscriptions.queries import all_lists
from mailer.subscriptions.shown import page_form


@pytest.fixture
def standing(app, person, subscribed):
    """`standing("suppressed")`: an address that stands so with us."""

    def address(kind):
        if kind == "active":
            return "camille@exemple.fr"
        email = f"{kind}@exemple.fr"
        if kind != "unknown":
            person.asks(email)
        if kind == "suppressed":
            print_of = fingerprint(parse(email), app.config["FINGERPRINT_KEY"])
            with transaction():
                consent.suppress(print_of, Reason.OBJECTION, now(), "request:1")
        return email

    app.config["CONFIRMATION_MINUTES_APART"] = 0
    app.config["POSTS_A_MINUTE"] = app.config["POSTS_AN_HOUR"] = 100
    return address


@pytest.mark.parametrize("kind", ["active", "pending", "suppressed"])
def test_a_sign_up_does_the_same_for_every_address(standing, person, kind):
    known, unknown = standing(kind), standing("unknown")
    with person.app.test_request_context():
        shown = page_form(all_lists()).digest
    fields = {"lists": ["la-lettre"], "shown": shown}
    with statements() as for_known:
        seen = person.browser.submit("/inscriptions", email=known, **fields).text
    with statements() as for_unknown:
        other = person.browser.submit("/inscriptions", email=unknown, **fields).text

    assert for_known == for_unknown
    assert neutral(seen, known) == neutral(other, unknown)


@pytest.mark.parametrize("kind", ["active", "pending", "suppressed"])
def test_asking_for_ones_preferences_does_the_same_for_every_address(standing, person, kind):
    known, unknown = standing(kind), standing("unknown")
    with statements() as for_known:
        seen = person.browser.submit("/gestion", email=known).text
    with statements() as for_unknown:
        other = person.browser.submit("/gestion", email=unknown).text

    assert for_known == for_unknown
    assert neutral(seen, known) == neutral(other, unknown)
