"""What came back and was not understood, as staff see it and decide about it."""

import pytest
from bounces.mails import answer, crlf, report
from sqlalchemy import select

from mailer.audit.queries import history_of
from mailer.bounces import quarantine
from mailer.bounces.quarantine import Event, State
from mailer.consent.queries import suppression_of
from mailer.db import db
from mailer.delivery.models import Delivery
from mailer.errors import Conflict
from mailer.mail import verp
from mailer.subscriptions.models import Subscriber

LIST = "/bureau/retours/a-voir"
UNCLEAR = crlf(
    "From: postmaster@ailleurs.fr\nSubject: Undeliverable\n\n<script>alert(1)</script> Bonjour.\n"
)


@pytest.fixture
def clerk(staff):
    return staff("sender")


@pytest.fixture
def sent(subscribe, send):
    """One letter that has left: its row in the ledger."""
    subscribe(1)
    send()
    return db.session.scalars(select(Delivery)).one()


def test_the_list_shows_what_waits_with_its_sender_masked(clerk, take):
    take(UNCLEAR)
    page = clerk.get(LIST).text
    assert "Undeliverable" in page
    assert "postmaster@ailleurs.fr" not in page


def test_with_nothing_to_see_it_says_so_and_how_mails_come_in(clerk):
    page = clerk.get(LIST).text
    assert "Aucun courriel à voir." in page
    assert "BOUNCE_MAILBOX_HOST" in page


@pytest.mark.parametrize("role", ["editor", "subscribers", "dpo"])
def test_nobody_else_sees_it(staff, take, returned, role):
    take(UNCLEAR)
    browser = staff(role)
    assert browser.get(LIST).status_code == 404
    assert browser.get(f"{LIST}/{returned()[0].id}").status_code == 404
    assert browser.submit(f"{LIST}/{returned()[0].id}/adresse").status_code == 404


def test_a_mail_is_shown_as_text_and_each_look_is_recorded(clerk, take, returned):
    take(UNCLEAR)
    (row,) = returned()
    page = clerk.get(f"{LIST}/{row.id}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Bonjour." in page
    assert [entry.verb for entry in history_of(f"returned_mail:{row.id}")] == ["read-returned"]


def test_its_sender_is_masked_until_somebody_asks_which_is_recorded(clerk, take, returned):
    take(UNCLEAR)
    (row,) = returned()
    url = f"{LIST}/{row.id}"
    assert "p••••@ailleurs.fr" in clerk.get(url).text
    assert "postmaster@ailleurs.fr" not in clerk.get(url).text

    assert "postmaster@ailleurs.fr" in clerk.submit(f"{url}/adresse").text

    looks = [(entry.verb, entry.why) for entry in history_of(f"returned_mail:{row.id}")]
    assert sorted(looks) == [("read-returned", "returns"), ("reveal-address", "returns")]


def test_set_aside_it_waits_no_more_and_can_still_be_read(clerk, take, returned):
    take(UNCLEAR)
    (row,) = returned()
    clerk.submit(f"{LIST}/{row.id}/classement")
    assert returned()[0].state == State.SET_ASIDE
    assert "Undeliverable" not in clerk.get(LIST).text
    assert "Undeliverable" in clerk.get(f"{LIST}?vue=classes").text


def test_an_answer_that_was_taken_for_a_programs_is_passed_on(
    clerk, take, returned, outgoing_mails
):
    take(answer("Une vraie question", Precedence="bulk"))
    (row,) = returned()
    clerk.submit(f"{LIST}/{row.id}/transmission")
    assert [mail.origin for mail in outgoing_mails()] == [f"returned_mail:{row.id}"]
    assert returned()[0].state == State.FORWARDED


def test_our_own_mail_is_passed_on_by_nobody(clerk, take, returned, outgoing_mails):
    take(answer(sender="lettre@exemple.fr"))
    (row,) = returned()
    assert "Transmettre" not in clerk.get(f"{LIST}/{row.id}").text
    answered = clerk.submit(f"{LIST}/{row.id}/transmission")
    assert answered.status_code == 409
    assert outgoing_mails() == []


def test_the_address_of_a_known_letter_is_given_up_with_a_reason(clerk, take, returned, sent):
    take(UNCLEAR, verp.return_path(sent.id))
    (row,) = returned()
    url = f"{LIST}/{row.id}"
    assert clerk.submit(f"{url}/adresse-morte", reason=" ").status_code == 422
    clerk.submit(f"{url}/adresse-morte", reason="Le serveur dit : parti.")
    person = db.session.get(Subscriber, sent.subscriber_id)
    assert suppression_of(person.fingerprint) == "hard_bounce"
    assert (returned()[0].state, returned()[0].reason) == (
        State.GIVEN_UP,
        "Le serveur dit : parti.",
    )


def test_no_address_is_given_up_for_a_mail_that_anyone_can_have_written(
    clerk, take, returned, sent
):
    take(UNCLEAR)
    url = f"{LIST}/{returned()[0].id}"
    assert "adresse-morte" not in clerk.get(url).text
    answered = clerk.submit(f"{url}/adresse-morte", reason="je le dis")
    assert answered.status_code == 409


def test_who_decides_second_is_told_so(clerk, take, returned):
    take(UNCLEAR)
    url = f"{LIST}/{returned()[0].id}"
    clerk.submit(f"{url}/classement")
    assert clerk.submit(f"{url}/classement").status_code == 409


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("event", list(Event))
def test_each_pair_of_state_and_event_leads_somewhere_or_is_refused(state, event):
    if (state, event) in quarantine.TRANSITIONS:
        assert quarantine.after(state, event) not in {state, State.WAITING}
    else:
        with pytest.raises(Conflict):
            quarantine.after(state, event)


def test_reports_that_are_understood_are_no_business_of_anybody(clerk, take, returned):
    take(report(b"From: lettre@exemple.fr\r\n\r\n", "alix@exemple.fr"))
    assert returned() == []
