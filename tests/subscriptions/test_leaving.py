"""The way out: at once, without a cookie, and never by a GET."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Kind, Method
from mailer.consent.models import ConsentEvent
from mailer.consent.models import Reason as Suppressed
from mailer.db import db, transaction
from mailer.subscriptions import departures
from mailer.subscriptions.models import LeaveReason, Subscriber, Subscription
from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.reasons import Reason
from mailer.subscriptions.states import State
from mailer.tokens import UNSUBSCRIBE

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def token(app, subscribed):
    return UNSUBSCRIBE.sign([subscribed, "delivery:7"])


def only():
    db.session.rollback()
    return db.session.scalars(select(Subscription)).one()


def last_event():
    return db.session.scalars(select(ConsentEvent).order_by(ConsentEvent.id.desc())).first()


@pytest.mark.parametrize("encoding", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_one_click_leaves_at_once_without_cookie_or_redirect(app, token, encoding):
    answer = app.test_client(use_cookies=False).post(
        f"/u/{token}", data=ONE_CLICK, content_type=encoding
    )

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert only().state is State.ENDED


def test_one_click_twice_answers_alike_and_counts_once(visitor, token):
    first = visitor.post(f"/u/{token}", data=ONE_CLICK)
    left_at = only().ended_at

    second = visitor.post(f"/u/{token}", data=ONE_CLICK)

    assert (second.status_code, second.data) == (first.status_code, first.data)
    assert only().ended_at == left_at


def test_a_post_that_is_not_one_click_changes_nothing(visitor, token):
    assert visitor.post(f"/u/{token}").status_code == 400
    assert only().state is State.ACTIVE


def test_following_the_link_of_the_header_shows_a_button_and_changes_nothing(visitor, token):
    page = visitor.get(f"/u/{token}", follow_redirects=True)

    assert "Me désinscrire" in page.text
    assert only().state is State.ACTIVE


def test_the_page_masks_the_address(visitor, token):
    page = visitor.get(f"/desinscriptions/{token}").text

    assert "c••••@exemple.fr" in page
    assert "camille@exemple.fr" not in page


def test_pressing_the_button_leaves_and_says_so(visitor, token):
    answer = visitor.submit(f"/desinscriptions/{token}")

    assert answer.status_code == 303
    assert "C’est fait" in visitor.get(answer.location).text
    assert only().state is State.ENDED


def test_a_leave_is_recorded_with_what_led_to_it(visitor, token):
    visitor.post(f"/u/{token}", data=ONE_CLICK)

    line, event = only(), last_event()
    assert line.ended_origin == "delivery:7"
    assert (event.kind, event.method) == (Kind.WITHDRAWN, Method.ONE_CLICK_POST)
    assert line.consent_id == event.id


def test_leaving_one_list_leaves_the_others(person, postbox, visitor, token, other_letter):
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        person.asks(lists=("l-agenda-de-l-ete",))
        person.presses(postbox.link("inscriptions"))
    visitor.submit(f"/desinscriptions/{token}")

    states = db.session.scalars(select(Subscription.state).order_by(Subscription.id)).all()
    assert states == [State.ENDED, State.ACTIVE]


def test_a_link_never_ends(visitor, token):
    with time_machine.travel(now() + timedelta(days=3650)):
        visitor.submit(f"/desinscriptions/{token}")

    assert only().state is State.ENDED


def test_the_link_of_a_subscription_that_is_gone_says_so_and_one_click_answers(visitor, token):
    with transaction():
        db.session.delete(db.session.scalars(select(Subscriber)).one())

    assert "Cette inscription est terminée" in visitor.get(f"/desinscriptions/{token}").text
    assert visitor.post(f"/u/{token}", data=ONE_CLICK).status_code == 200


def test_whoever_left_by_mistake_is_back_at_once(visitor, token, postbox):
    visitor.submit(f"/desinscriptions/{token}")
    mails = len(postbox)

    answer = visitor.submit(f"/desinscriptions/{token}/retour")

    assert "Vous êtes de retour" in answer.text
    assert only().state is State.ACTIVE
    assert len(postbox) == mails


def test_coming_back_later_asks_the_mailbox_first(visitor, token, postbox):
    visitor.submit(f"/desinscriptions/{token}")

    with time_machine.travel(now() + timedelta(days=30), tick=False):
        answer = visitor.submit(f"/desinscriptions/{token}/retour")

    assert "Vérifiez votre boîte" in answer.text
    assert only().state is State.PENDING
    assert "/confirmation" in postbox.link("inscriptions")


def test_coming_back_after_an_objection_asks_the_mailbox_first(visitor, token, postbox):
    visitor.submit(f"/desinscriptions/{token}")
    with transaction():
        consent.suppress(last_event().fingerprint, Suppressed.OBJECTION, now(), "request:1")

    visitor.submit(f"/desinscriptions/{token}/retour")

    assert only().state is State.PENDING


def test_coming_back_is_recorded_as_a_yes(visitor, token):
    visitor.submit(f"/desinscriptions/{token}")
    visitor.submit(f"/desinscriptions/{token}/retour")

    assert last_event().kind is Kind.CONFIRMED
    assert db.session.scalar(select(func.count(ConsentEvent.id))) == 4


def test_a_leave_is_taken_back_within_thirty_seconds(visitor, token):
    visitor.submit(f"/desinscriptions/{token}")
    assert "Annuler" in visitor.get(f"/desinscriptions/{token}").text

    visitor.submit(f"/desinscriptions/{token}/annulation")

    assert only().state is State.ACTIVE


def test_after_thirty_seconds_the_page_offers_to_sign_up_again(visitor, token):
    visitor.submit(f"/desinscriptions/{token}")

    with time_machine.travel(now() + timedelta(seconds=31), tick=False):
        late = visitor.submit(f"/desinscriptions/{token}/annulation")
        page = visitor.get(late.location).text

    assert only().state is State.ENDED
    assert "Les 30 secondes sont passées" in page
    assert "Me réinscrire" in page


def test_after_the_act_one_may_receive_less_instead(visitor, token):
    visitor.submit(f"/desinscriptions/{token}")

    visitor.submit(f"/desinscriptions/{token}/moins-souvent", frequency="monthly")

    assert (only().state, only().frequency) == (State.ACTIVE, Frequency.MONTHLY)
    assert last_event().kind is Kind.PREFERENCE_CHANGED


def test_a_reason_is_counted_and_nobody_is_named(visitor, token):
    visitor.submit(f"/desinscriptions/{token}")

    answer = visitor.submit(f"/desinscriptions/{token}/raison", reason="too_often")

    assert "Merci" in visitor.get(answer.location).text
    assert departures.of_list(only().list_id) == {Reason.TOO_OFTEN: 1}
    assert {column.name for column in LeaveReason.__table__.c} == {
        "list_id",
        "month",
        "reason",
        "number",
    }


def test_no_reason_is_needed(visitor, token):
    visitor.submit(f"/desinscriptions/{token}")

    assert visitor.submit(f"/desinscriptions/{token}/raison").status_code == 422
    assert only().state is State.ENDED


def test_a_used_link_says_that_one_has_left_since(visitor, token, postbox):
    link = next(
        re.search(r"http://[^/\s]+(/inscriptions/\S+)", mail.text)[1]
        for mail in postbox.mails
        if "/inscriptions/" in mail.text
    )
    visitor.submit(f"/desinscriptions/{token}")

    assert "Vous vous êtes désinscrit(e) depuis" in visitor.get(link).text


def test_a_sign_up_is_taken_back_within_thirty_seconds(person, postbox, visitor):
    person.asks()
    link = postbox.link("inscriptions")
    person.presses(link)

    visitor.submit(link.replace("confirmation", "annulation"))

    assert only().state is State.ENDED
