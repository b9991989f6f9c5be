"""People come with what they decided elsewhere, and with the proof that came with them."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from held import held
from sqlalchemy import select

from mailer import addresses
from mailer.clock import now
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, Suppression
from mailer.consent.verification import verify
from mailer.db import db
from mailer.move_in import listmonk
from mailer.subscriptions.imports import jobs
from mailer.subscriptions.imports.columns import Fate
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.operations import LEASE
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.models import MailingList, Subscriber

LEA, NOE, JADE = (
    "lea.brisant@phare.example",
    "noe.marin@phare.example",
    "jade.sillage@phare.example",
)
IRIS, TOM = "iris.goeland@phare.example", "tom.quai@phare.example"
TO_THE_PORT = ("--list", "Le port")


@pytest.fixture
def known_as(app):
    key = app.config["FINGERPRINT_KEY"]
    return lambda address: addresses.fingerprint(addresses.parse(address), key)


def suppressed():
    found = select(Suppression.fingerprint, Suppression.reason)
    return dict(db.session.execute(found).all())


def event_of(fingerprint, kind):
    wanted = (ConsentEvent.fingerprint == fingerprint, ConsentEvent.kind == kind)
    return db.session.scalars(select(ConsentEvent).where(*wanted)).one_or_none()


def test_mailchimp_takes_the_proven_and_sets_the_others_apart(
    report, mailchimp, vouched, people, known_as
):
    told = report("mailchimp", mailchimp, *TO_THE_PORT, *vouched)

    # Tom was added by a colleague, Noé came from a file: neither was asked by a form.
    assert people() == [
        (LEA, "Le port", "active"),
        (NOE, "Le port", "unproven"),
        (TOM, "Le port", "unproven"),
    ]
    assert (told["set_apart"], told["lists_made"]) == (2, ["Le port"])
    proof = event_of(known_as(LEA), Kind.IMPORTED)
    assert proof.occurred_at == datetime(2023, 2, 1, 10, 20, 41, tzinfo=UTC)
    assert held(known_as(LEA))[0]["network"] == "192.0.2.0/24"
    assert verify().is_whole


def test_whoever_left_or_bounced_in_mailchimp_is_a_refusal_and_no_address(
    report, mailchimp, people, known_as
):
    report("mailchimp", mailchimp, *TO_THE_PORT)

    assert event_of(known_as(JADE), Kind.WITHDRAWN).purpose == "list:le-port"
    assert suppressed() == {known_as(IRIS): "hard_bounce"}
    assert not {JADE, IRIS} & {address for address, _, _ in people()}


def test_buyers_who_never_signed_up_are_left_out(report, mailchimp):
    told = report("mailchimp", mailchimp, *TO_THE_PORT)

    left = {each["because"]: each["name"] for each in told["left_out"]}
    assert "nonsubscribed" in left["never_signed_up"]
    wanted = select(Subscriber.address).where(Subscriber.address.startswith("acheteur"))
    assert db.session.scalars(wanted).all() == []


def test_without_a_notice_no_date_of_a_file_proves_anything(report, mailchimp, people):
    report("mailchimp", mailchimp, *TO_THE_PORT, "--source", "Formulaire du site")

    assert {state for _, _, state in people()} == {"unproven"}


def test_listmonk_brings_lists_and_who_is_on_which(report, vouched, people, known_as):
    told = report("listmonk", "listmonk-lists.json", "listmonk-subscribers.json", *vouched)

    assert people() == [
        (JADE, "Bulletin des travaux", "active"),
        (LEA, "La lettre du port", "active"),
        (NOE, "La lettre du port", "unproven"),
        (TOM, "Comité interne", "unproven"),
    ]
    made = ["La lettre du port", "Bulletin des travaux", "Comité interne"]
    assert told["lists_made"] == made
    assert event_of(known_as(JADE), Kind.WITHDRAWN).purpose == "list:la-lettre-du-port"
    assert suppressed() == {known_as(IRIS): "objection"}


@pytest.mark.parametrize(
    ("of_person", "of_list", "fate"),
    [
        ("enabled", "confirmed", Fate.TAKE),
        ("enabled", "unsubscribed", Fate.WITHDRAWN),
        ("disabled", "confirmed", Fate.LEAVE),
        ("disabled", "unsubscribed", Fate.WITHDRAWN),
        ("blocklisted", "unsubscribed", Fate.OBJECTED),
        ("unheard of", "unsubscribed", Fate.WITHDRAWN),
        ("unheard of", "confirmed", "unheard of"),
    ],
)
def test_of_what_listmonk_says_of_somebody_the_strongest_no_counts(of_person, of_list, fate):
    line = {"name": "Le port", "subscription_status": of_list}
    person = {"email": LEA, "status": of_person, "lists": [line]}

    assert [moved.fate for moved in listmonk.read([person])] == [fate]


def test_a_private_list_is_not_offered_to_everybody(report):
    report("listmonk", "listmonk-lists.json", "listmonk-subscribers.json")

    unlisted = select(MailingList.name).where(MailingList.unlisted)
    assert db.session.scalars(unlisted).all() == ["Comité interne"]


def test_the_sheet_of_listmonk_says_that_it_hides_who_left(move_in, people):
    said = move_in("listmonk", "listmonk-subscribers.csv", *TO_THE_PORT)

    assert "does not say who left the list" in said.stdout
    assert people() == [(LEA, "Le port", "unproven")]


def test_mailtrain_brings_who_left_bounced_and_complained(report, people, known_as):
    report("mailtrain", "mailtrain-subscriptions.csv", *TO_THE_PORT)

    assert people() == [(LEA, "Le port", "unproven")]
    assert suppressed() == {known_as(IRIS): "hard_bounce", known_as(TOM): "complaint"}
    assert event_of(known_as(JADE), Kind.WITHDRAWN)


def test_brevo_proves_by_a_date_and_not_by_a_yes(report, vouched, people, known_as):
    report("brevo", "brevo-contacts.csv", *TO_THE_PORT, *vouched)

    assert people() == [(LEA, "Le port", "active"), (NOE, "Le port", "unproven")]
    assert suppressed() == {known_as(IRIS): "objection"}


def test_run_twice_it_adds_nothing(report, mailchimp, vouched, people):
    report("mailchimp", mailchimp, *TO_THE_PORT, *vouched)
    before = people(), db.session.scalars(select(ConsentEvent.id)).all()

    told = report("mailchimp", mailchimp, *TO_THE_PORT, *vouched)

    assert (people(), db.session.scalars(select(ConsentEvent.id)).all()) == before
    assert {each["came_before"] for each in told["people"]} == {True}


def test_a_newer_export_of_the_same_people_adds_nothing_either(report, vouched, people, tmp_path):
    first, again = tmp_path / "a.csv", tmp_path / "b.csv"
    head = "cid,status,HASH_EMAIL,EMAIL\n"
    first.write_text(f"{head}1,unsubscribed,x,{JADE}\n2,bounced,x,{IRIS}\n3,subscribed,x,{LEA}\n")
    again.write_text(f"{head}3,subscribed,x,{LEA}\n2,bounced,x,{IRIS}\n1,unsubscribed,x,{JADE}\n")
    report("mailtrain", str(first), *TO_THE_PORT, *vouched)
    events = db.session.scalars(select(ConsentEvent.id)).all()

    told = report("mailtrain", str(again), *TO_THE_PORT, *vouched)

    assert db.session.scalars(select(ConsentEvent.id)).all() == events
    assert told["people"][0]["counts"] == {"left": 1, "suppressed": 1, "known": 1}


def test_a_dry_run_says_what_is_in_the_files_and_keeps_nothing(report, mailchimp, vouched, people):
    told = report("mailchimp", mailchimp, *TO_THE_PORT, *vouched, "--dry-run")

    counts = {}
    for each in told["people"]:
        counts |= each["counts"]
    assert counts == {"new": 1, "unproven": 2, "elsewhere": 1, "objected": 1}
    assert people() == []
    assert db.session.scalars(select(ConsentEvent.id)).all() == []


def test_what_was_stopped_in_the_middle_goes_on(report, mailchimp, vouched, people, monkeypatch):
    def dies(import_id, rows):
        del import_id, rows
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setitem(jobs.STEPS, Stage.WRITING, dies)
        with pytest.raises(AssertionError):
            report("mailchimp", mailchimp, *TO_THE_PORT, *vouched)
    assert people() == []

    with time_machine.travel(now() + LEASE + timedelta(seconds=1)):
        report("mailchimp", mailchimp, *TO_THE_PORT, *vouched)

    assert [address for address, _, _ in people()] == [LEA, NOE, TOM]
    files = Counter(db.session.scalars(select(Import.sha256)))
    assert set(files.values()) == {1}
