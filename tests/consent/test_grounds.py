"""Each event says on what the letters rested when it happened."""

import pytest
from sqlalchemy import select

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.bases import LawfulBasis
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.consent.models import ConsentEvent
from mailer.consent.states import ALL_LISTS
from mailer.db import db, transaction
from mailer.subscriptions.models import MailingList

WHO = "f" * 64


@pytest.fixture
def said(app):
    """`said(purpose)`: the basis of an event of that purpose, as the ledger keeps it."""
    with transaction():
        about = {"description": "…", "frequency": "…", "basis": LawfulBasis.PUBLIC_INTEREST}
        db.session.add(MailingList(slug="crues", name="Crues", **about))

    def recorded(purpose, basis=""):
        with transaction():
            shown = Evidence(Method.WEB_FORM, now(), basis=basis)
            consent.record(WHO, purpose, Kind.PREFERENCE_CHANGED, shown)
            return db.session.scalars(select(ConsentEvent.basis)).one()

    return recorded


def test_an_event_of_a_list_bears_the_basis_of_the_list(said):
    assert said("list:crues") == "public_interest"


def test_being_measured_rests_on_consent(said):
    assert said("track:opens") == "consent"


def test_what_is_about_all_lists_rests_on_none_of_them(said):
    assert said(ALL_LISTS) == ""


def test_a_basis_that_comes_with_the_event_stays(said):
    assert said("list:crues", "soft_optin") == "soft_optin"


def test_many_events_bear_it_too(app, said):
    shown = Evidence(Method.IMPORT, now())
    with transaction():
        consent.record_many([Entry(WHO, "list:crues", Kind.IMPORTED, shown)])
        consent.record_alike(Entry("", "list:crues", Kind.IMPORTED, shown), ["a" * 64])

    assert set(db.session.scalars(select(ConsentEvent.basis))) == {"public_interest"}
