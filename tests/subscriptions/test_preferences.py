"""The page of preferences: opened from the mailbox, changed in one press, taken back at once."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from mailer.clock import PARIS, now
from mailer.consent import operations as consent
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, Reason
from mailer.consent.queries import is_sendable, state
from mailer.consent.tracking import Mode
from mailer.db import db, transaction
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.states import State
from mailer.tokens import MANAGE


@pytest.fixture
def page(subscribed, other_letter):
    """The path of the page of somebody who receives the first of two lists."""
    return f"/preferences/{MANAGE.sign(person().id)}"


def person():
    db.session.rollback()
    return db.session.scalars(select(Subscriber)).one()


def lines():
    db.session.rollback()
    return {line.list_id: line for line in db.session.scalars(select(Subscription))}


def kinds():
    return db.session.scalars(select(ConsentEvent.kind).order_by(ConsentEvent.id)).all()


@pytest.fixture
def chooses(visitor, page, letter, other_letter):
    """`chooses(lists=[…])`: press "save" with these and else with what stands."""

    def press(**fields):
        typed = {"lists": [letter], "language": "fr"} | fields
        return visitor.submit(page, **typed)

    return press


def saved(visitor, page):
    return visitor.get(f"{page}/fait").text


def test_the_page_shows_each_list_and_hides_the_address(visitor, page):
    text = visitor.get(page).text

    assert "La lettre" in text
    assert "L’agenda de l’été" in text
    assert "camille@exemple.fr" not in text


def test_looking_changes_nothing_and_sets_no_cookie(visitor, page):
    before = kinds()

    for method in ("GET", "HEAD", "GET"):
        answer = visitor.open(page, method=method)

    assert kinds() == before
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_link_serves_for_thirty_minutes_and_then_offers_another(visitor, page, postbox):
    with time_machine.travel(now() + timedelta(minutes=29), tick=False):
        assert visitor.get(page).status_code == 200
    with time_machine.travel(now() + timedelta(minutes=31), tick=False):
        assert visitor.get(page).status_code == 410
        assert visitor.submit(page, language="en").status_code == 410
        visitor.submit(f"{page}/lien")

    assert "/preferences/" in postbox.last.text
    assert person().language == "fr"


def test_a_list_that_is_ticked_comes_at_once_under_what_was_shown(
    visitor, page, chooses, letter, other_letter
):
    chooses(lists=[letter, other_letter])

    line = lines()[other_letter]
    proof = db.session.get_one(ConsentEvent, line.consent_id)
    assert (line.state, proof.kind) == (State.ACTIVE, Kind.CONFIRMED)
    assert proof.notice_sha256
    assert proof.form_sha256
    assert "Vous recevez désormais «\u00a0L’agenda de l’été\u00a0»" in saved(visitor, page)


def test_a_list_that_is_unticked_ends_at_once(visitor, page, chooses, letter):
    chooses(lists=[])

    assert lines()[letter].state is State.ENDED
    assert state(person().fingerprint, "list:la-lettre") is Kind.WITHDRAWN
    assert "Vous ne recevez plus «\u00a0La lettre\u00a0»" in saved(visitor, page)


def test_a_new_pace_is_kept_and_recorded(visitor, page, chooses, letter):
    chooses(**{f"frequency_{letter}": "monthly"})

    assert lines()[letter].frequency is Frequency.MONTHLY
    assert kinds()[-1] is Kind.PREFERENCE_CHANGED
    assert "au plus une lettre toutes les 4 semaines" in saved(visitor, page)


def test_a_pause_begins_the_day_in_paris_and_is_shown(visitor, page, chooses):
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=PARIS), tick=False):
        fresh = f"/preferences/{MANAGE.sign(person().id)}"
        visitor.submit(fresh, lists=["1"], language="fr", paused_until="2027-01-04")

        assert person().paused_until == datetime(2027, 1, 4, tzinfo=PARIS)
        assert "avant le 4 janvier 2027" in visitor.get(fresh).text


@pytest.mark.parametrize("day", ["2020-01-01", "2099-01-01", "demain"])
def test_a_pause_has_an_end_within_six_months(chooses, day):
    answer = chooses(paused_until=day)

    assert answer.status_code == 422
    assert "Choisissez un jour entre demain et dans 6 mois" in answer.text
    assert person().paused_until is None


def test_the_language_is_changed(visitor, page, chooses):
    chooses(language="en")

    assert person().language == "en"
    assert "en anglais" in saved(visitor, page)


def test_nothing_changed_is_said_and_recorded_nowhere(visitor, page, chooses):
    before = kinds()

    chooses()

    assert kinds() == before
    assert "Rien n’a changé" in saved(visitor, page)


def test_measuring_is_asked_about_only_where_it_happens(app, visitor, page, chooses, letter):
    assert "Mesurer si j’ouvre" not in visitor.get(page).text
    app.config["TRACKING"] = "individual"
    with transaction():
        db.session.get_one(MailingList, letter).tracking = Mode.INDIVIDUAL
    assert "Mesurer si j’ouvre" in visitor.get(page).text

    chooses(opens="refused")

    assert state(person().fingerprint, "track:opens") is Kind.TRACKING_REFUSED
    assert state(person().fingerprint, "track:clicks") is None
    assert "Refusé le" in visitor.get(page).text


def test_a_press_is_taken_back_within_thirty_seconds(visitor, page, chooses, letter, other_letter):
    chooses(
        lists=[other_letter], language="en", paused_until=f"{now() + timedelta(days=9):%Y-%m-%d}"
    )

    visitor.submit(f"{page}/annulation")

    found = lines()
    assert (found[letter].state, found[other_letter].state) == (State.ACTIVE, State.ENDED)
    assert (person().language, person().paused_until) == ("fr", None)
    assert "C’est annulé" in saved(visitor, page)


def test_after_thirty_seconds_it_stands_and_the_page_says_so(visitor, page, chooses, letter):
    chooses(lists=[])

    with time_machine.travel(now() + timedelta(seconds=31), tick=False):
        answer = visitor.submit(f"{page}/annulation")

    assert answer.status_code == 409
    assert "Les 30 secondes sont passées" in answer.text
    assert lines()[letter].state is State.ENDED


def test_one_list_or_all_are_left_by_one_press(visitor, page, chooses, letter, other_letter):
    chooses(lists=[letter, other_letter])
    visitor.submit(f"{page}/listes/{letter}/depart")
    assert [lines()[n].state for n in (letter, other_letter)] == [State.ENDED, State.ACTIVE]

    visitor.submit(f"{page}/depart")

    assert lines()[other_letter].state is State.ENDED
    assert "Plus aucune lettre" in saved(visitor, page)


def test_who_has_left_all_comes_back_by_one_press(visitor, page, letter):
    visitor.submit(f"{page}/depart")

    visitor.submit(f"{page}/retour")

    assert lines()[letter].state is State.ACTIVE


def test_after_an_objection_the_page_says_so_and_a_tick_is_a_new_yes(
    visitor, page, chooses, letter, other_letter
):
    with transaction():
        consent.suppress(person().fingerprint, Reason.OBJECTION, now(), "request:1")
    assert "Vous nous avez demandé de ne plus vous écrire" in visitor.get(page).text

    chooses(lists=[other_letter])

    assert is_sendable(person().fingerprint)
    assert [lines()[n].state for n in (letter, other_letter)] == [State.ENDED, State.ACTIVE]
