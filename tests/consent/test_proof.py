"""What can be shown of one person, and how far it can be trusted."""

from sqlalchemy import text

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent import proof
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import NoticeKind, Reason
from mailer.consent.notices import in_force
from mailer.db import db, transaction
from mailer.rights import erasure


def test_the_events_stand_in_order_with_what_was_shown_then(app, camille):
    shown_then = in_force(NoticeKind.SHORT, "fr").body
    app.config["ORGANISATION"] = "Région de l’Estran"

    asked, confirmed = proof.of(camille).events

    assert (asked.kind, confirmed.kind) == (Kind.SIGNUP_REQUESTED, Kind.CONFIRMED)
    assert asked.notice.body == confirmed.notice.body == shown_then
    assert asked.form.parts["boxes"][0]["label"] == "La lettre"
    assert {notice.sha256 for notice in asked.form.notices} <= set(proof.of(camille).notices)


def test_what_was_sealed_can_be_read_while_the_key_stands(camille):
    asked = proof.of(camille).events[0]

    assert asked.sealed.content == {"address": "camille@exemple.fr", "page": "/articles/phare"}
    assert asked.trace.content == {"network": "192.0.2.0/24", "user_agent": "Firefox"}
    assert proof.of(camille).addresses == ["camille@exemple.fr"]


def test_the_state_and_the_names_of_the_lists_are_told(camille):
    found = proof.of(camille)

    assert {name: one.kind for name, one in found.record.standings.items()} == {
        "list:la-lettre": Kind.CONFIRMED
    }
    assert found.labels == {"la-lettre": "La lettre"}


def test_the_chain_holds_at_each_event_whatever_stands_between(camille):
    with transaction():
        consent.suppress("somebody else", Reason.COMPLAINT, now(), "delivery:1")
        late = Evidence(Method.ONE_CLICK_POST, now())
        consent.record(camille, "list:la-lettre", Kind.WITHDRAWN, late)

    found = proof.of(camille)

    assert [event.link.position for event in found.events] == [1, 2, 4]
    assert found.is_intact


def test_a_changed_event_does_not_hold(app, camille):
    with app.test_request_context(), transaction():
        unguarded("UPDATE consent_event SET purpose = 'list:agenda' WHERE id = 2")

    assert [event.link.holds for event in proof.of(camille).events] == [True, False]


def test_an_event_after_one_that_was_taken_away_does_not_hold(app, camille):
    with transaction():
        unguarded("DELETE FROM consent_state")
        unguarded("DELETE FROM consent_event WHERE id = 1")

    assert [event.link.holds for event in proof.of(camille).events] == [False]


def unguarded(statement):
    """What somebody does who has the whole database in hand."""
    session = db.session
    if session.connection().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER IF EXISTS consent_event_refuses_{verb}"))
    else:
        session.execute(text("ALTER TABLE consent_event DISABLE TRIGGER USER"))
    session.execute(text(statement))


def test_of_an_erased_person_the_dates_and_texts_are_left_and_nothing_else(camille):
    with transaction():
        erasure.erase(camille, now())

    found = proof.of(camille)

    assert found.is_erased
    assert found.is_intact
    assert found.addresses == []
    assert [event.sealed.content for event in found.events] == [{}, {}, {}]
    assert [event.kind for event in found.events][-1] == Kind.ERASED
    assert found.events[0].notice is not None


def test_of_somebody_who_was_never_here_there_is_nothing(app):
    found = proof.of("0" * 64)

    assert found.events == ()
    assert not found.record.standings
