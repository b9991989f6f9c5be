"""A mail that came back becomes what it tells: once, and whatever stands in it."""

import pytest
from bounces.mails import PERSON, answer, crlf, report
from sqlalchemy import select

from mailer import addresses
from mailer.accounts.models import Account
from mailer.bounces import jobs
from mailer.bounces.quarantine import Sort, State
from mailer.consent.queries import suppression_of
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.delivery.models import Delivery
from mailer.mail import outbox, verp
from mailer.mail.returned import Kind, Reason
from mailer.subscriptions.models import Subscriber

OURS = b"Message-ID: <one@exemple.fr>\r\nFrom: lettre@exemple.fr\r\n\r\n"


@pytest.fixture
def sent(subscribe, send):
    """One letter that has left, to somebody known by their fingerprint: its row in the ledger."""
    subscribe(1)
    with transaction():
        person = db.session.scalars(select(Subscriber)).one()
        person.fingerprint = fingerprint_of(addresses.parse(person.address))
    send()
    return db.session.scalars(select(Delivery)).one()


def person_of(mail):
    return db.session.get(Subscriber, mail.subscriber_id)


def test_a_report_becomes_an_event_about_the_mail_that_its_return_path_names(sent, take, events):
    take(report(OURS, person_of(sent).address), verp.return_path(sent.id))
    (event,) = events()
    assert (event.provider, event.delivery_id, event.is_proven) == ("mail", sent.id, True)
    assert (event.kind, event.reason, event.handled_at) == (Kind.BOUNCE, Reason.USER_UNKNOWN, None)


def test_settled_it_ends_what_we_write_to_that_address(sent, take):
    person = person_of(sent)
    take(report(OURS, person.address), verp.return_path(sent.id))
    jobs.settle_events()
    assert suppression_of(person.fingerprint) == "hard_bounce"


@pytest.mark.parametrize("sent_to", ["", "rebond+1.0123456789abcdef@rebond.exemple.fr"])
def test_a_report_without_a_return_path_of_ours_suppresses_nobody(sent, take, events, sent_to):
    person = person_of(sent)
    take(report(OURS, person.address), sent_to)
    (event,) = events()
    assert not event.is_proven
    jobs.settle_events()
    assert suppression_of(person.fingerprint) is None


def test_a_report_that_comes_twice_is_one(sent, take, events):
    for _ in range(2):
        take(report(OURS, person_of(sent).address), verp.return_path(sent.id))
    assert len(events()) == 1


def test_a_forged_copy_that_came_first_takes_no_number_from_the_true_one(sent, take, events):
    content = report(OURS, person_of(sent).address)
    take(content)
    take(content, verp.return_path(sent.id))
    assert [event.is_proven for event in events()] == [False, True]


def test_the_way_that_lines_end_changes_nothing(sent, take, events):
    content = report(OURS, person_of(sent).address)
    for ending in (b"\r\n", b"\n", b"\r"):
        take(content.replace(b"\r\n", ending), verp.return_path(sent.id))
    assert {event.reason for event in events()} == {Reason.USER_UNKNOWN}
    assert len(events()) == 1


def test_an_absence_is_noted_and_nothing_more(sent, take, events, returned, outgoing_mails):
    take(answer("Je suis absente.", subject="Absence", Auto_Submitted="auto-replied"))
    assert [event.kind for event in events()] == [Kind.AUTOREPLY]
    assert (returned(), outgoing_mails()) == ([], [])


def test_an_answer_goes_to_whoever_sent_the_letter(sent, take, returned, outgoing_mails):
    take(answer("À quelle heure ?"), verp.return_path(sent.id))
    (row,), (mail,) = returned(), outgoing_mails()
    editor = db.session.scalars(select(Account)).first()
    assert (row.sort, row.state, row.delivery_id) == (Sort.ANSWER, State.FORWARDED, sent.id)
    assert mail.recipient == editor.email
    assert ["Reply-To", PERSON] in [list(pair) for pair in mail.headers]
    assert "À quelle heure ?" in mail.text
    assert mail.origin == f"returned_mail:{row.id}"


def test_an_answer_to_nothing_that_is_known_goes_to_the_house(take, outgoing_mails):
    take(answer())
    assert [mail.recipient for mail in outgoing_mails()] == ["lettre@exemple.fr"]


def test_an_answer_that_comes_by_two_ways_is_passed_on_once(take, outgoing_mails):
    take(answer(Message_ID="<1@exemple.fr>"))
    take(answer(Message_ID="<1@exemple.fr>", Received="from elsewhere"), "rebond@rebond.exemple.fr")
    assert len(outgoing_mails()) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"Precedence": "list"},
        {"List_Id": "<liste.exemple.fr>"},
        {"Return_Path": "<>"},
        {"sender": "Lettre <LETTRE@exemple.fr>"},
        {"sender": "dpo@exemple.fr"},
    ],
)
def test_nothing_that_could_come_back_for_ever_is_passed_on(take, outgoing_mails, fields):
    take(answer(**fields))
    assert outgoing_mails() == []


def test_what_we_pass_on_would_not_be_passed_on_again(take, outgoing_mails, returned):
    take(answer())
    (mail,) = outgoing_mails()
    [claimed] = outbox.claim(1, mail.next_at)
    take(claimed.message.to_bytes(), "rebond@rebond.exemple.fr")
    assert len(outgoing_mails()) == 1
    assert [row.state for row in returned()] == [State.FORWARDED]


@pytest.mark.parametrize(
    "content",
    [
        crlf("From: postmaster@ailleurs.fr\nSubject: Undeliverable\n\nSomething went wrong.\n"),
        crlf("Subject: hello\n\nwithout a sender\n"),
        b"\x00\xff\xfe nothing that can be read",
    ],
)
def test_what_is_not_understood_waits_with_its_content(take, returned, outgoing_mails, content):
    take(content)
    (row,) = returned()
    assert (row.sort, row.state, row.content) == (Sort.UNCLEAR, State.WAITING, content)
    assert outgoing_mails() == []


def test_a_mail_that_the_server_would_not_give_waits_without_one(take, returned):
    take(b"")
    (row,) = returned()
    assert (row.sort, row.content) == (Sort.UNCLEAR, b"")


def test_nobody_writes_fields_into_a_mail_through_its_envelope(take, events, sent):
    path = verp.return_path(sent.id)
    take(answer("Oui ?"), f"x@exemple.fr\r\nDelivered-To: {path}")
    assert events() == []


def test_what_no_database_takes_is_left_out_of_what_is_kept(take, returned):
    take(b"From: lea@exemple.org\nSubject: Bon\0jour\nMessage-ID: <1@exemple.org>\n\nMer\0ci !\n")

    (kept,) = returned()
    assert kept.subject == "Bonjour"
