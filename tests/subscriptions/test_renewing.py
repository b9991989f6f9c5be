"""After years of silence: one mail, one button, and the years are counted anew."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mailer.clock import now
from mailer.consent import proof, queries
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, NoticeKind
from mailer.consent.notices import in_force
from mailer.db import db, transaction
from mailer.subscriptions import operations, renewals
from mailer.subscriptions.models import Renewal, Subscriber, Subscription

MONTH = timedelta(days=30)


@pytest.fixture
def asked(subscribed, postbox):
    with transaction():
        subscriber = db.session.scalars(select(Subscriber)).one()
        renewals.ask(subscriber, now(), now() + MONTH)
    return postbox.link("abonnements")


def kinds():
    db.session.rollback()
    return [e.kind for e in db.session.scalars(select(ConsentEvent).order_by(ConsentEvent.id))]


def test_the_question_is_put_once_per_list_on_the_record(asked):
    assert kinds()[-1] == Kind.RENEWAL_ASKED


def test_looking_at_the_page_renews_nothing(visitor, asked):
    for _ in range(3):
        page = visitor.get(asked)
        visitor.head(asked)

    assert "Oui, je continue" in page.text
    assert Kind.RENEWED not in kinds()


def test_the_button_renews_once(visitor, asked):
    visitor.submit(asked)
    page = visitor.submit(asked)

    assert "Merci, c’est noté" in page.text
    assert kinds().count(Kind.RENEWED) == 1


def test_a_renewed_yes_rests_on_the_notice_that_the_page_shows(visitor, asked):
    shown = in_force(NoticeKind.SHORT, "fr")
    page = visitor.get(asked)
    visitor.submit(asked)
    db.session.rollback()

    renewed = proof.of(db.session.scalars(select(Subscriber.fingerprint)).one()).events[-1]

    assert shown.title in page.text
    assert (renewed.kind, renewed.notice.body) == (Kind.RENEWED, shown.body)
    assert list(renewed.form.labels) == [("la-lettre", "La lettre")]
    assert queries.weak_proofs() == 0


def test_the_address_on_the_page_is_masked(visitor, asked):
    assert "camille@exemple.fr" not in visitor.get(asked).text


def test_who_was_forgotten_since_is_told_how_to_come_back(visitor, asked):
    with transaction():
        db.session.delete(db.session.scalars(select(Subscriber)).one())

    page = visitor.get(asked)

    assert page.status_code == 410
    assert "M’inscrire à nouveau" in page.text
    assert visitor.submit(asked).status_code == 410


def test_who_has_left_all_lists_has_nothing_to_renew(visitor, asked):
    with transaction():
        operations.end(db.session.scalars(select(Subscription.id)).one(), "", now())

    assert "il n’y a rien à prolonger" in visitor.get(asked).text


def test_a_link_that_we_did_not_make_is_refused(visitor, asked):
    assert visitor.get("/abonnements/contrefait/renouvellement").status_code == 422


def test_the_mail_can_be_left_by_and_says_until_when(asked, postbox):
    mail = postbox.last

    assert "List-Unsubscribe-Post" in dict(mail.headers)
    assert "votre adresse sera effacée après le" in mail.text


def test_forgetting_a_person_forgets_the_questions(asked):
    with transaction():
        db.session.delete(db.session.scalars(select(Subscriber)).one())

    assert db.session.scalars(select(Renewal)).all() == []
