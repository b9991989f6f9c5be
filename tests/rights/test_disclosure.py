"""GDPR art. 15(1)(a) to (h), from the record of processing."""

import pytest

from mailer.rights import copies, disclosure, letter_facts
from mailer.rights.composing import compose
from mailer.rights.letters import Kind

HEADINGS = {"purposes", "categories", "recipients", "retention", "rights_open", "source"}


@pytest.fixture
def said(subscriber):
    """`said()`: the headings for Léa, as the settings stand now."""
    return lambda: disclosure.facts(copies.of(subscriber.fingerprint), "fr")


def test_each_heading_that_the_record_fills_is_filled(said):
    facts = said()
    assert set(facts) == HEADINGS
    assert all(facts.values())


def test_the_list_of_the_person_is_named_and_no_other_purpose_invented(said):
    purposes = said()["purposes"]
    assert any("La lettre" in each for each in purposes)
    assert not any("comptes du bureau" in each for each in purposes)


def test_a_processor_that_is_added_appears(said, app):
    before = said()["recipients"]
    app.config["PROCESSORS"] = ["Relais SA, Rennes\u00a0: remise des courriels"]
    assert set(said()["recipients"]) - set(before) == {app.config["PROCESSORS"][0]}


def test_a_transfer_that_is_added_appears(said, app):
    app.config["TRANSFERS"] = "Suisse, décision d’adéquation"
    assert "Suisse, décision d’adéquation" in said()["recipients"]


def test_nothing_is_disclosed_of_somebody_unknown(app):
    assert disclosure.facts(copies.of("nobody"), "fr") == {}


def test_the_answer_to_an_access_request_has_its_eight_headings(said, subscriber):
    at = subscriber.created_at.date()
    facts = {"reference": "DR-2026-0001", "received_on": at, "rights": "Accès"}
    facts |= {"download": "https://exemple.fr/copie", "expires_on": at}
    letter = compose(Kind.A4, "fr", letter_facts.house("fr", at) | facts | said()).written
    headings = [b.text for part in letter.parts for b in part.blocks if b.shape == "h2"]
    assert [heading[:2] for heading in headings] == ["a)", "b)", "c)", "d)", "e)", "f)", "g)", "h)"]
