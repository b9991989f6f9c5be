"""From the mail to the welcome page: a link changes nothing, a button does."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, Reason, Suppression
from mailer.db import db, transaction
from mailer.subscriptions import operations
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.queries import hold
from mailer.subscriptions.states import State
from mailer.tokens import CONFIRM, UNSUBSCRIBE


def states():
    db.session.rollback()
    return db.session.scalars(select(Subscription.state)).all()


def kinds():
    db.session.rollback()
    return db.session.scalars(select(ConsentEvent.kind).order_by(ConsentEvent.id)).all()


def test_following_the_link_is_not_enough(person, postbox):
    person.asks()

    page = person.browser.get(postbox.link("inscriptions"))

    assert page.status_code == 200
    assert "c••••@exemple.fr" in page.text
    assert "camille@exemple.fr" not in page.text
    assert states() == [State.PENDING]


def test_pressing_the_button_confirms_and_leads_to_the_welcome_page(person, postbox):
    person.asks()

    answer = person.presses(postbox.link("inscriptions"))

    assert answer.status_code == 303
    assert "C’est fait" in person.browser.get(answer.location).text
    assert states() == [State.ACTIVE]
    assert postbox.last.subject == "Votre inscription est confirmée"


def test_the_yes_is_kept_under_the_notice_and_form_of_the_request(person, postbox):
    person.asks()
    person.presses(postbox.link("inscriptions"))

    asked, confirmed = db.session.scalars(select(ConsentEvent).order_by(ConsentEvent.id)).all()
    assert confirmed.kind is Kind.CONFIRMED
    assert (confirmed.notice_sha256, confirmed.form_sha256) == (
        asked.notice_sha256,
        asked.form_sha256,
    )
    assert db.session.scalars(select(Subscription.consent_id)).one() == confirmed.id


def test_a_second_press_leads_to_the_same_page_and_changes_nothing(person, postbox):
    person.asks()
    link = postbox.link("inscriptions")
    first = person.presses(link)
    mails = len(postbox)

    second = person.presses(link)

    assert (second.status_code, second.location) == (first.status_code, first.location)
    assert kinds() == [Kind.SIGNUP_REQUESTED, Kind.CONFIRMED]
    assert len(postbox) == mails


def test_two_presses_at_once_confirm_once(app, person, postbox):
    person.asks()
    link = postbox.link("inscriptions")
    db.session.rollback()

    def press(_):
        with app.app_context():
            return app.test_client().submit(link).status_code

    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(press, range(2)))

    assert statuses == [303, 303]
    assert kinds() == [Kind.SIGNUP_REQUESTED, Kind.CONFIRMED]


def test_an_objection_and_a_press_at_once_leave_nobody_on_the_list(app, person, postbox):
    person.asks()
    link, whose = postbox.link("inscriptions"), fingerprint_in_use()
    db.session.rollback()

    def press():
        with app.app_context():
            app.test_client().submit(link)

    def object_():
        with app.app_context(), transaction():
            hold(Subscriber.fingerprint == whose)
            consent.suppress(whose, Reason.OBJECTION, now(), "request:1")
            operations.end_all(whose, "request:1", now())

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(press), pool.submit(object_)]:
            done.result()

    assert states() == [State.ENDED]


def test_a_used_link_says_so(person, postbox):
    person.asks()
    link = postbox.link("inscriptions")
    person.presses(link)

    page = person.browser.get(link)

    assert page.status_code == 409
    assert "Cette adresse est déjà confirmée" in page.text


def test_a_used_link_does_not_bring_back_who_has_left(person, postbox):
    person.asks()
    link = postbox.link("inscriptions")
    person.presses(link)
    with transaction():
        operations.end(db.session.scalars(select(Subscription.id)).one(), "", now())

    assert person.presses(link).status_code == 409
    assert states() == [State.ENDED]


def test_an_expired_link_says_so_and_offers_a_new_one_by_a_button(person, postbox):
    with time_machine.travel(now() - timedelta(hours=49), tick=False):
        person.asks()
    link = postbox.link("inscriptions")

    page = person.browser.get(link)
    pressed = person.presses(link)

    assert (page.status_code, pressed.status_code) == (410, 410)
    assert "plus de 48 heures" in page.text
    assert "Recevoir un nouveau lien" in page.text
    assert len(postbox) == 1
    assert states() == [State.PENDING]


def test_the_new_link_confirms(person, postbox):
    with time_machine.travel(now() - timedelta(hours=49), tick=False):
        person.asks()
    renewal = postbox.link("inscriptions").replace("/confirmation", "/lien")

    answer = person.presses(renewal)
    person.presses(postbox.link("inscriptions"))

    assert "c••••@exemple.fr" in answer.text
    assert states() == [State.ACTIVE]


def test_a_link_sent_later_supersedes_the_earlier(person, postbox):
    with time_machine.travel(now() - timedelta(hours=1), tick=False):
        person.asks()
    old = postbox.link("inscriptions")
    person.asks()

    page = person.browser.get(old)

    assert page.status_code == 409
    assert re.search(r"Il est parti à \d\d:\d\d", page.text)
    assert person.presses(old).status_code == 409
    assert states() == [State.PENDING]


def test_a_link_for_another_list_leaves_the_earlier_one_good(person, postbox, other_letter):
    with time_machine.travel(now() - timedelta(hours=1), tick=False):
        person.asks()
    first = postbox.link("inscriptions")
    person.asks(lists=("l-agenda-de-l-ete",))
    second = postbox.link("inscriptions")

    person.presses(first)
    person.presses(second)

    assert states() == [State.ACTIVE, State.ACTIVE]


def test_a_list_asked_for_a_minute_later_joins_the_link_on_its_way(person, postbox, other_letter):
    person.asks()
    person.asks(lists=("l-agenda-de-l-ete",))
    link = postbox.link("inscriptions")

    assert "L’agenda de l’été" in person.browser.get(link).text
    person.presses(link)
    assert states() == [State.ACTIVE, State.ACTIVE]


def test_a_list_asked_for_once_the_first_is_confirmed_gets_a_link_at_once(
    person, postbox, other_letter
):
    person.asks()
    person.presses(postbox.link("inscriptions"))

    person.asks(lists=("l-agenda-de-l-ete",))
    person.presses(postbox.link("inscriptions"))

    assert states() == [State.ACTIVE, State.ACTIVE]


def test_who_receives_all_is_written_to_only_once_in_ten_minutes(person, postbox, subscribed):
    person.asks()
    mails = len(postbox)

    person.asks()

    assert len(postbox) == mails


def test_a_link_that_was_purged_leads_to_the_form(app, person):
    with app.test_request_context():
        page = person.browser.get(f"/inscriptions/{CONFIRM.sign(404)}/confirmation")

    assert page.status_code == 410
    assert "M’inscrire à nouveau" in page.text


def test_an_objection_closes_the_links_sent_before_it(app, person, postbox):
    person.asks()
    link = postbox.link("inscriptions")
    with transaction():
        operations.end_all(fingerprint_in_use(), "request:1", now())

    assert person.presses(link).status_code == 410
    assert states() == [State.ENDED]


def test_a_proven_new_yes_lifts_an_earlier_objection(person, postbox, subscribed):
    with transaction():
        consent.suppress(fingerprint_in_use(), Reason.OBJECTION, now(), "request:1")
        operations.end_all(fingerprint_in_use(), "request:1", now())
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        person.asks()
        assert db.session.scalar(select(func.count(Suppression.id))) == 1
        person.presses(postbox.link("inscriptions"))

    assert states() == [State.ACTIVE]
    assert db.session.scalar(select(func.count(Suppression.id))) == 0


def test_whose_mailbox_bounced_may_confirm_anew(person, postbox, subscribed):
    with transaction():
        consent.suppress(fingerprint_in_use(), Reason.HARD_BOUNCE, now(), "delivery:1")
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        person.asks()
        person.presses(postbox.link("inscriptions"))

    assert db.session.scalar(select(func.count(Suppression.id))) == 0


@pytest.mark.parametrize("tampered", ["x", "a.b.c", "%20"])
def test_a_link_that_is_not_ours_is_refused_in_words(person, tampered):
    answer = person.browser.get(f"/inscriptions/{tampered}/confirmation")

    assert answer.status_code == 422
    assert "Copiez le lien entier depuis le courriel" in answer.text


def test_a_token_serves_no_other_end(app, person, subscribed):
    leaving, joining = UNSUBSCRIBE.sign([subscribed, ""]), CONFIRM.sign(subscribed)

    assert person.browser.get(f"/inscriptions/{leaving}/confirmation").status_code == 422
    assert person.presses(f"/desinscriptions/{joining}").status_code == 422
    assert states() == [State.ACTIVE]


def test_a_link_signed_with_an_older_key_still_confirms(app, person, postbox):
    person.asks()
    app.config["SECRET_KEYS"] = [*app.config["SECRET_KEYS"], "a newer key"]

    assert person.presses(postbox.link("inscriptions")).status_code == 303


def test_at_most_three_mails_a_day_leave_for_one_address(person, postbox):
    start = now()
    for hour in range(6):
        with time_machine.travel(start + timedelta(hours=hour), tick=False):
            person.asks()

    assert len(postbox) == 3


def fingerprint_in_use():
    return db.session.scalars(select(ConsentEvent.fingerprint).distinct()).one()
