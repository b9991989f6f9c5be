"""What becomes of a mail; and what a forged one cannot do."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from rights.incoming.conftest import ATTACKER, CAME, SAMPLES, VICTIM, written

from mailer import addresses
from mailer.audit.queries import history_of
from mailer.clock import now, paris_day
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.errors import Conflict, Invalid
from mailer.mail.models import OutboxMessage
from mailer.rights import copies, erasure, operations, queries, vault
from mailer.rights.identity import Level
from mailer.rights.incoming import operations as incoming
from mailer.rights.incoming.mail import Ignored
from mailer.rights.incoming.states import State
from mailer.rights.kinds import Right
from mailer.rights.models import Channel
from mailer.rights.operations import Intake
from mailer.rights.states import Event
from mailer.rights.states import State as Stage

THURSDAY = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(THURSDAY):
        yield


def accepted(row, *rights, address=VICTIM, on=date(2026, 11, 23)):
    parsed = addresses.parse(address)
    asked = Intake(
        address=parsed,
        fingerprint=fingerprint_of(parsed),
        rights=rights or (Right.ACCESS,),
        verbatim=row.text or "…",
        channel=Channel.EMAIL,
        received_on=on,
        language="fr",
        calendar="metropole",
    )
    with transaction():
        return incoming.accept(db.session.merge(row), asked, "account:1", now())


def recipients():
    return [mail.recipient for mail in db.session.scalars(db.select(OutboxMessage))]


def stood(case):
    """All of a case that a mail could want to move."""
    return (
        case.state, case.address, case.fingerprint, case.level, case.mailbox_confirmed_at,
        case.due, case.verbatim, case.rights, len(case.letters),
    )  # fmt: skip


def test_a_mail_is_a_draft_with_what_it_seems_to_ask(take_in, mails):
    take_in((SAMPLES / "outlook-reply.eml").read_bytes())
    (row,) = mails()
    assert (row.state, row.suggested) == (State.WAITING, ["access", "objection"])
    assert (row.sender, row.received_at) == ("Nadia.K@exemple.fr", CAME)


def test_a_draft_opens_no_case_and_writes_to_nobody(take_in, case):
    take_in(written())
    assert case() is None
    assert recipients() == []


def test_the_same_mail_in_two_mailboxes_is_taken_in_once(take_in, mails):
    assert take_in(written(Message_ID="<a@exemple.fr>", Received="by dpo"))
    assert take_in(written(Message_ID="<a@exemple.fr>", Received="by cil")) is None
    assert len(mails()) == 1


def test_another_mail_under_a_number_that_was_used_is_not_lost(take_in, mails):
    take_in(written("Bonjour", Message_ID="<a@exemple.fr>"))
    take_in(written("Effacez mes données", Message_ID="<a@exemple.fr>"))
    assert len(mails()) == 2


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"sender": "lettre@exemple.fr"}, Ignored.OWN),
        ({"Auto_Submitted": "auto-replied"}, Ignored.AUTOMATIC),
        ({"Return_Path": "<>"}, Ignored.BOUNCE),
        ({"List_Id": "<x.exemple.fr>"}, Ignored.LIST),
    ],
)
def test_what_no_person_wrote_is_put_aside_with_its_reason(take_in, mails, fields, reason):
    take_in(written(**fields))
    (row,) = mails()
    assert (row.state, row.ignored, row.decided_by) == (State.SET_ASIDE, reason, incoming.JOB)


def test_the_mail_is_kept_sealed_as_it_came(app, take_in, mails):
    content = written("Un secret de zénobie")
    take_in(content)
    (row,) = mails()
    assert vault.get(row.file) == content
    sealed = Path(app.config["DATA_FOLDER"], vault.FOLDER, row.file).read_bytes()
    assert b"secret" not in sealed
    assert row.file in queries.sealed_files()


def test_a_mail_that_cannot_be_read_is_a_draft_all_the_same(take_in, mails):
    broken = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2000)
    )
    take_in(broken.encode())
    take_in(b"", size=1)
    assert [(row.state, row.text) for row in mails()] == [(State.WAITING, "")] * 2


def test_the_clock_of_an_accepted_mail_began_when_it_reached_the_mailbox(take_in):
    found = accepted(take_in(written()))
    assert (found.received_on, found.due) == (date(2026, 11, 23), date(2026, 12, 23))
    assert paris_day(found.logged_at) == date(2026, 11, 26)


def test_no_later_day_of_receipt_is_taken(take_in, mails, case):
    row = take_in(written())
    with pytest.raises(Invalid):
        accepted(row, on=date(2026, 11, 24))
    assert case() is None
    assert mails()[0].state == State.WAITING


def test_a_mail_is_accepted_once(take_in, case):
    row = take_in(written())
    accepted(row)
    with pytest.raises(Conflict):
        accepted(row)
    assert case().reference == "DR-2026-0001"


def test_what_was_set_aside_can_still_be_accepted(take_in, mails):
    row = take_in(written(Auto_Submitted="auto-generated"))
    accepted(row)
    assert mails()[0].state == State.ACCEPTED


def test_setting_aside_takes_a_reason_and_leaves_a_trace(take_in, mails):
    row = take_in(written())
    with transaction():
        incoming.set_aside(db.session.merge(row), "Une publicité.", "account:1", now())
    (kept,) = mails()
    assert (kept.state, kept.reason, kept.decided_by) == (
        State.SET_ASIDE,
        "Une publicité.",
        "account:1",
    )
    assert [entry.verb for entry in history_of(incoming.subject(kept))] == ["take-in", "set-aside"]


def test_a_name_that_was_forged_proves_nothing(take_in):
    found = accepted(take_in(written("Une copie de mes données, s’il vous plaît.", sender=VICTIM)))
    assert found.level == Level.NONE
    assert found.mailbox_confirmed_at is None


def test_what_answers_a_forged_mail_goes_to_whom_it_named(take_in):
    accepted(take_in(written(sender=VICTIM, Reply_To=ATTACKER, Return_Path=f"<{ATTACKER}>")))
    assert recipients() == [VICTIM]


def test_a_mail_that_names_the_address_of_another_gives_nothing_of_theirs(take_in, received):
    received(Right.ACCESS, address=VICTIM)
    row = take_in(written(f"Mon adresse est {VICTIM}, répondez ici.", sender=ATTACKER))
    found = accepted(row, address=row.sender)
    assert found.address == ATTACKER
    assert recipients()[-1] == ATTACKER
    told = str(copies.of(found.fingerprint))
    assert "DR-2026-0001" not in told


@pytest.mark.parametrize("sender", [VICTIM, ATTACKER])
@pytest.mark.parametrize("by", ["reference", "letter"])
def test_an_answer_is_attached_to_its_open_case_and_moves_nothing_of_it(
    take_in, received, mails, sender, by
):
    found = received(Right.ACCESS)
    letter = found.letters[0].message_id
    before = stood(found)
    named = {"subject": f"Re: {found.reference}"} if by == "reference" else {"In_Reply_To": letter}
    take_in(written(f"Je confirme tout. Écrivez-moi à {ATTACKER}.", sender=sender, **named))
    (row,) = mails()
    assert (row.state, row.request_id, row.related_to) == (State.ATTACHED, found.id, "DR-2026-0001")
    assert stood(queries.by_reference("DR-2026-0001")) == before
    assert len(recipients()) == 1


def test_who_answers_from_elsewhere_is_not_taken_for_the_person(take_in, received, mails):
    found = received(Right.ACCESS)
    take_in(written(sender=ATTACKER, subject=found.reference))
    (row,) = mails()
    assert (row.sender, row.fingerprint) == ("", found.fingerprint)
    assert ATTACKER not in str(copies.of(found.fingerprint))


def test_an_automatic_answer_to_a_letter_is_put_aside(take_in, received, mails):
    found = received(Right.ACCESS)
    letter = found.letters[0].message_id
    take_in(written(In_Reply_To=letter, Auto_Submitted="auto-replied"))
    assert mails()[0].state == State.SET_ASIDE


def test_an_answer_to_a_closed_case_is_a_draft_that_names_it(take_in, received, mails):
    found = received(Right.ACCESS)
    with transaction():
        closing = queries.held(found.reference)
        operations.close(closing, Event.WITHDRAW, "Par lettre.", "account:1", now())
    row = take_in(written(subject="Re: DR-2026-0001"))
    assert (row.state, row.related_to) == (State.WAITING, "DR-2026-0001")
    following = accepted(row)
    assert following.related_to == "DR-2026-0001"
    assert queries.by_reference("DR-2026-0001").state == Stage.WITHDRAWN


def test_an_unknown_reference_is_a_draft_like_another(take_in, mails):
    take_in(written(subject="Re: DR-2026-0099"))
    assert (mails()[0].state, mails()[0].related_to) == (State.WAITING, "")


def test_an_accepted_mail_is_its_cases_persons(take_in, mails):
    row = take_in(written(sender="accueil@exemple.fr", subject="TR: une demande"))
    found = accepted(row, address=VICTIM)
    (kept,) = mails()
    assert (kept.sender, kept.fingerprint) == (VICTIM, found.fingerprint)


def test_the_person_reads_their_mails_in_the_copy_of_their_data(take_in):
    found = accepted(take_in(written("Où en est ma demande de mouette ?")))
    sections = {section.table: section for section in copies.of(found.fingerprint)}
    (told,) = sections["incoming_mail"].rows
    assert told["text"] == "Où en est ma demande de mouette ?"
    assert told["file"] == copies.WITHHELD
    assert told["decided_by"] == "account"


def test_who_is_erased_leaves_no_mail_that_was_decided(take_in, mails):
    found = accepted(take_in(written()))
    take_in(written("Encore.", subject="Autre chose"))
    with transaction():
        erasure.erase(found.fingerprint, now())
    (left,) = mails()
    assert left.state == State.WAITING
    assert queries.sealed_files() - {""} == {left.file}
