"""A planned sending moves to another hour, and a wrong letter is corrected for who got it."""

from datetime import timedelta

import pytest
from delivery import looks
from delivery.pressing import press, words, work_after
from sqlalchemy import select
from statements import statements

from mailer.audit.queries import history_of
from mailer.clock import PARIS, now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.delivery import pace
from mailer.delivery.models import Campaign
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.newsletters.models import Issue

NOON = {"hour": "12:00"}


def in_days(days):
    return {"day": (now().astimezone(PARIS) + timedelta(days=days)).date().isoformat(), **NOON}


def test_a_planned_sending_moves_and_leaves_at_its_new_hour(desk, letter, subscribe, relay):
    subscribe(1)
    place = press(desk, letter, when="later", **in_days(2)).location
    assert "Déplacer le départ" in words(desk.get(place))

    moved = desk.submit(f"{place}/depart", **in_days(4))

    assert moved.location == place
    work_after(timedelta(days=3))
    assert relay.taken == []
    work_after(timedelta(days=5))
    assert len(relay.taken) == 1
    assert [entry.verb for entry in history_of("campaign:1")][:2] == ["schedule", "move"]


def test_an_hour_that_is_over_is_refused_with_the_cure(desk, letter, subscribe):
    subscribe(1)
    place = press(desk, letter, when="later", **in_days(2)).location
    answer = desk.submit(f"{place}/depart", **in_days(-1))
    assert answer.status_code == 422
    assert "Erreur : Déplacer le départ" in words(answer)
    assert "Choisissez une date d’envoi dans le futur" in words(answer)


@pytest.mark.parametrize(("day", "status"), [("0001-01-01", 422), ("9999-12-31", 303)])
def test_the_ends_of_the_calendar_are_days_like_others(desk, letter, subscribe, day, status):
    subscribe(1)
    place = press(desk, letter, when="later", **in_days(2)).location
    assert desk.submit(f"{place}/depart", **NOON | {"day": day}).status_code == status


def test_the_same_content_that_day_asks_first(desk, write, subscribe):
    subscribe(1)
    press(desk, write(), when="later", **in_days(2))
    place = press(desk, write(), when="later", **in_days(3)).location

    with statements() as seen:
        asked = desk.submit(f"{place}/depart", **in_days(2))
    meant = desk.submit(f"{place}/depart", **in_days(2), sure="y")

    assert asked.status_code == 422
    assert "Le même contenu part ou est parti" in words(asked)
    assert len([each for each in seen if "FROM election_period" in each]) == 1
    assert meant.status_code == 303


def test_what_has_begun_does_not_move(desk, letter, subscribe, relay):
    subscribe(1)
    place = press(desk, letter).location
    work_after(pace.HOLD)
    desk.submit(f"{place}/depart", **in_days(2))
    assert "il ne se déplace plus" in words(desk.get(place))


def test_a_correction_goes_to_exactly_those_who_got_the_letter(desk, write, subscribe, relay):
    subscribe(3)
    relay.answers = {"p1@exemple.fr": Outcome(Kind.REJECTED, "5.1.1", "no", Stage.RCPT)}
    press(desk, write())
    work_after(pace.HOLD)
    subscribe(2, first=4)
    relay.taken.clear()
    correction = write("Rectificatif")
    assert "Écrire à ceux qui ont reçu « Le phare rouvre »" in words(
        desk.get(f"/bureau/lettres/{correction}/envoi")
    )
    with transaction():
        consent.suppress("fingerprint of p2@exemple.fr", Reason.OBJECTION, now(), "case:1")

    checked = desk.get(f"/bureau/lettres/{correction}/envoi?corrige=1")
    press(desk, correction, corrects="1")
    work_after(pace.HOLD)

    assert "Envoyer à 1 abonné" in words(checked)
    assert [envelope.recipient for envelope in relay.taken] == ["p3@exemple.fr"]
    assert db.session.scalars(select(Campaign.corrects).order_by(Campaign.id)).all() == [None, 1]


def test_what_is_not_offered_is_not_corrected(desk, letter, subscribe):
    subscribe(1)
    assert desk.get(f"/bureau/lettres/{letter}/envoi?corrige=7").status_code == 404
    assert press(desk, letter, corrects="7").status_code == 404


def test_the_page_of_a_sent_letter_opens_a_copy_to_correct(staff, letter, subscribe, relay):
    subscribe(1)
    both = staff("sender", "editor")
    place = press(both, letter).location
    work_after(pace.HOLD)
    assert "Écrire une correction" in words(both.get(place))

    answer = both.submit(f"{place}/correction")

    assert answer.location.endswith("/bureau/lettres/2")
    assert looks.campaign(1).issue_id == letter
    assert db.session.get_one(Issue, 2).subject == "Rectificatif\u202f: Le phare rouvre"
