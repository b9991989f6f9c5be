from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from mailer.db import db, transaction
from mailer.errors import Invalid, NotFound
from mailer.mail.models import OutboxMessage
from mailer.rights import asking, jobs, operations
from mailer.rights.asking import Question
from mailer.rights.identity import Level
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.states import Refusal, Refused, State
from mailer.tokens import RIGHTS_IDENTITY

PDF = b"%PDF-1.7 a scan"
DOCUMENT = Question(Level.DOCUMENT, "La signature ne ressemble pas.")


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel(datetime(2026, 11, 22, 10, 30, tzinfo=UTC)) as travel:
        yield travel


@pytest.fixture
def access(received):
    """A request for access, due on 22 December."""
    return received(Right.ACCESS).id


def on(day, month=11, year=2026):
    return datetime(year, month, day, 9, 0, tzinfo=UTC)


def ask(case_id, question=DOCUMENT):
    with transaction():
        asking.ask(db.session.get(RightsRequest, case_id), question, "account:1", on(23))


def send(app, case_id, content=PDF):
    token = RIGHTS_IDENTITY.sign(db.session.get(RightsRequest, case_id).question.id)
    with transaction():
        asking.take_document(token, content)
    return token


def confirm(case_id, at):
    with transaction():
        asking.confirm(db.session.get(RightsRequest, case_id), "Deux faits cités.", "account:1", at)


def files(app):
    return list((Path(app.config["DATA_FOLDER"]) / "vault").glob("*"))


@pytest.mark.parametrize(
    ("rights", "question", "why"),
    [
        ((Right.ACCESS,), Question(Level.DOCUMENT, ""), Refusal.NO_DOUBT),
        ((Right.OBJECTION,), DOCUMENT, Refusal.NO_IDENTITY_NEEDED),
    ],
)
def test_nothing_more_is_asked_without_a_typed_doubt_or_without_need(
    received, rights, question, why
):
    case_id = received(*rights).id
    with pytest.raises(Refused) as refused:
        ask(case_id, question)
    assert refused.value.why == why
    assert db.session.get(RightsRequest, case_id).questions == []


def test_the_question_stops_the_clock_and_its_letter_is_in_the_same_act(access):
    ask(access)
    case = db.session.get(RightsRequest, access)
    assert (case.state, case.question.asked_on) == (State.IDENTITY_PENDING, date(2026, 11, 23))
    assert [letter.kind for letter in case.letters] == ["acknowledgement", "identity_question"]


def test_the_clock_resumes_by_as_many_days_as_were_waited(access):
    ask(access)
    confirm(access, on(23, 12))
    case = db.session.get(RightsRequest, access)
    # S5 of the shared vectors.
    assert (case.state, case.due) == (State.IN_PROGRESS, date(2027, 1, 21))
    assert "suspended" in [step["cause"] for step in case.steps]
    assert case.level == Level.DOCUMENT


def test_a_note_moves_no_date(access):
    before = db.session.get(RightsRequest, access).due
    with transaction():
        case = db.session.get(RightsRequest, access)
        operations.assign(case, "account:1", on(24))
    assert db.session.get(RightsRequest, access).due == before


def test_who_was_recognised_is_written_the_new_date(access):
    ask(access)
    confirm(access, on(25))
    letter = db.session.get(RightsRequest, access).letters[-1]
    assert "Nous vous répondrons au plus tard le jeudi 24 décembre 2026" in letter.source


def test_a_document_lies_sealed_and_is_gone_once_it_is_verified(app, access):
    ask(access)
    send(app, access)
    (kept,) = files(app)
    assert PDF not in kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    confirm(access, on(25))
    assert files(app) == []
    assert db.session.get(RightsRequest, access).questions[0].file == ""


def test_the_key_of_documents_is_for_its_owner_alone(app, access):
    ask(access)
    send(app, access)
    key = Path(app.config["DATA_FOLDER"]) / "vault-key"
    assert key.stat().st_mode & 0o777 == 0o600


def test_only_the_officer_reads_the_document_until_it_is_gone(app, access):
    ask(access)
    token = send(app, access)
    with transaction():
        case = db.session.get(RightsRequest, access)
        assert asking.document(case, "account:1") == PDF
    confirm(access, on(25))
    with pytest.raises(NotFound):
        asking.question_of(token)


def test_no_document_outlives_its_case(app, access):
    ask(access)
    send(app, access)
    with transaction():
        case = db.session.get(RightsRequest, access)
        operations.close(case, operations.Event.WITHDRAW, "Par lettre.", "account:1", on(26))
    assert files(app) == []


@pytest.mark.parametrize("content", [b"", b"MZ a program", b"%PDF-" + b"x" * 10_000_000])
def test_what_is_no_scan_is_not_taken(app, access, content):
    ask(access)
    with pytest.raises(Invalid):
        send(app, access, content)
    assert files(app) == []


def test_nobody_is_unidentified_before_a_reminder_and_thirty_days(access):
    ask(access)
    with pytest.raises(Refused, match="not_reminded"):
        fail(access, on(23, 12))
    with transaction():
        asking.remind(db.session.get(RightsRequest, access).question.id, on(3, 12))
    with pytest.raises(Refused, match="still_time"):
        fail(access, on(22, 12))
    fail(access, on(23, 12))
    case = db.session.get(RightsRequest, access)
    assert (case.state, case.letters[-1].kind) == (State.UNIDENTIFIED, "unidentified")
    last = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert "3 place de Fontenoy" in last.text


def fail(case_id, at):
    with transaction():
        asking.fail(db.session.get(RightsRequest, case_id), "account:1", at)


def test_the_reminder_leaves_after_ten_days_and_once(access):
    ask(access)
    for day in (2, 3, 3, 4):
        with time_machine.travel(on(day, 12)):
            jobs.remind_of_identity()
    case = db.session.get(RightsRequest, access)
    assert case.question.reminded_on == date(2026, 12, 3)
    assert [letter.kind for letter in case.letters].count("identity_question") == 2
