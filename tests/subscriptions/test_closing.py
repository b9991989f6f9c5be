"""A list closes: no way in, nothing is lost for a month, then its lines end with their proof."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from mailer.audit.queries import history_of
from mailer.clock import now
from mailer.consent.evidence import Kind, Method
from mailer.consent.models import ConsentEvent
from mailer.consent.queries import is_sendable, state
from mailer.db import db, transaction
from mailer.subscriptions import closing, jobs
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.queries import all_lists, mailing_list
from mailer.subscriptions.shown import subscription_form
from mailer.subscriptions.states import State
from mailer.tokens import MANAGE, UNSUBSCRIBE


@pytest.fixture
def close(letter):
    """`close()`: the list is closed from now on."""

    def closed(at=None):
        with transaction():
            closing.close(letter, "account:1", at or now())

    return closed


def line():
    db.session.rollback()
    return db.session.scalars(select(Subscription)).one()


def test_a_closed_list_has_no_way_in_and_each_page_says_so(person, other_letter, postbox, close):
    visitor = person.browser
    with person.app.test_request_context():
        shown_before = subscription_form(all_lists()).digest
    close()

    late = person.asks(shown=shown_before)

    assert "L’agenda de l’été" in visitor.get("/").text
    assert 'value="la-lettre"' not in visitor.get("/").text
    assert late.status_code == 422
    assert "«\u00a0La lettre\u00a0» ne paraît plus" in late.text
    assert "camille@exemple.fr" in late.text
    for path in ("/listes/la-lettre", "/integration/la-lettre"):
        answer = visitor.get(path)
        assert answer.status_code == 410
        assert "On ne peut plus s’y inscrire" in answer.text
    assert visitor.get("/integration/la-lettre.json").status_code == 410
    assert visitor.submit("/listes/la-lettre", email="a@exemple.fr").status_code == 410
    posted = visitor.post("/integration/la-lettre", headers={"Accept": "application/json"})
    assert posted.status_code == 410
    assert len(postbox) == 0


def test_a_link_of_before_confirms_nothing_and_says_why(person, visitor, postbox, close):
    person.asks()
    close()

    page = visitor.get(postbox.link("inscriptions"))
    person.presses(postbox.link("inscriptions"))

    assert page.status_code == 410
    assert "Cette lettre ne paraît plus" in page.text
    assert line().state is State.PENDING


def test_preferences_tell_that_it_closed_and_saving_them_loses_nothing(
    subscribed, visitor, other_letter, letter, close
):
    close()
    page = f"/preferences/{MANAGE.sign(line().subscriber_id)}"

    told = visitor.get(page).text
    visitor.submit(page, lists=[], language="en")

    assert "«\u00a0La lettre\u00a0» ne paraît plus depuis le" in told
    assert f'id="list-{letter}"' not in told
    assert line().state is State.ACTIVE

    visitor.submit(f"{page}/listes/{letter}/depart")

    assert line().state is State.ENDED


def test_whoever_has_left_is_not_offered_to_come_back(subscribed, visitor, postbox, close):
    token = UNSUBSCRIBE.sign([subscribed, ""])
    visitor.submit(f"/desinscriptions/{token}")
    close()
    written = len(postbox)

    page = visitor.get(f"/desinscriptions/{token}").text
    for way in ("retour", "moins-souvent"):
        visitor.submit(f"/desinscriptions/{token}/{way}", frequency="monthly")

    assert "Elle ne paraît plus" in page
    assert "Me réinscrire" not in page
    assert (line().state, len(postbox)) == (State.ENDED, written)


def test_it_is_reopened_within_thirty_days_with_everybody(
    subscribed, letter, staff, visitor, close
):
    close(now() - timedelta(days=30) + timedelta(hours=1))
    desk = staff("subscribers")

    closed = desk.get(f"/bureau/listes/{letter}").text
    jobs.end_closed_lists()
    desk.submit(f"/bureau/listes/{letter}/reouverture")

    assert "vous pouvez la rouvrir" in closed
    assert "Fermée" not in desk.get("/bureau/listes").text
    assert line().state is State.ACTIVE
    assert "La lettre" in visitor.get("/").text
    assert [each.verb for each in history_of(f"list:{letter}")][-2:] == [
        "close-list",
        "reopen-list",
    ]


def test_after_thirty_days_the_lines_end_and_the_proofs_stay(subscribed, letter, staff, close):
    close(now() - timedelta(days=30))

    jobs.end_closed_lists()
    jobs.end_closed_lists()
    desk = staff("subscribers")
    desk.submit(f"/bureau/listes/{letter}/reouverture")
    refused = desk.get(f"/bureau/listes/{letter}")

    ended = line()
    proof = db.session.get_one(ConsentEvent, ended.consent_id)
    assert (ended.state, ended.ended_origin) == (State.ENDED, f"list:{letter}")
    assert (proof.kind, proof.method, proof.purpose) == (Kind.LAPSED, Method.JOB, "list:la-lettre")
    kinds = db.session.scalars(select(ConsentEvent.kind).order_by(ConsentEvent.id)).all()
    assert kinds == [Kind.SIGNUP_REQUESTED, Kind.CONFIRMED, Kind.LAPSED]
    assert state(ended.subscriber.fingerprint, "list:la-lettre") is Kind.LAPSED
    assert is_sendable(ended.subscriber.fingerprint)
    assert "Les 30 jours sont passés" in refused.text
    assert mailing_list(letter).closed_at


def test_an_unlisted_list_is_on_its_own_page_alone(visitor, desk_list):
    desk_list(unlisted="y")

    assert "Le bulletin" not in visitor.get("/").text
    assert "Le bulletin" in visitor.get("/listes/le-bulletin").text


def test_the_word_of_welcome_is_read_on_the_page_and_in_the_mail(visitor, postbox, desk_list):
    desk_list(welcome="Le prochain numéro paraît mardi.")
    shown = re.findall(r'name="shown" value="(\w+)"', visitor.get("/").text)
    visitor.submit("/inscriptions", email="a@exemple.fr", lists=["le-bulletin"], shown=shown)

    page = visitor.get(visitor.submit(postbox.link("inscriptions")).location).text

    assert "Le prochain numéro paraît mardi." in page
    assert "Le prochain numéro paraît mardi." in postbox.last.text
    assert "Le prochain numéro paraît mardi." in postbox.last.html


@pytest.fixture
def desk_list(staff):
    """`desk_list(welcome="…")`: a list made at the desk with these."""

    def made(**fields):
        said = {"name": "Le bulletin", "description": "des nouvelles", "frequency": "Parfois"}
        staff("subscribers").submit(
            "/bureau/listes", **said, aim="informer", basis="consent", **fields
        )

    return made
