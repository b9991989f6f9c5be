import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
import time_machine

from mailer import addresses
from mailer.consent.evidence import Evidence, Method
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import answering, handover, jobs, merging
from mailer.rights.decision import Decision
from mailer.rights.handover import Answer
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.proceedings import Handover
from mailer.rights.states import Outcome, Refused
from mailer.subscriptions import address_changes
from mailer.subscriptions.models import AddressChange, Subscriber
from mailer.tokens import CHANGE_ADDRESS, RIGHTS_COPY

VICTIM, OTHER = "lea@exemple.fr", "mechant@ailleurs.fr"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(AT, tick=False) as travel:
        yield travel


def confirm(case_id):
    with transaction():
        case = db.session.get(RightsRequest, case_id)
        case.mailbox_confirmed_at = AT


def grant(case_id, outcome=Outcome.GRANTED):
    with transaction():
        case = db.session.get(RightsRequest, case_id)
        outcomes = dict.fromkeys(case.rights, outcome)
        answering.answer(case, Decision(outcomes, "Voici.", ""), "account:1", AT)


@pytest.fixture
def copied(received, subscriber):
    """The address of the page where the copy of a confirmed request waits."""
    case_id = received(Right.ACCESS, address=VICTIM).id
    confirm(case_id)
    grant(case_id)
    handover = db.session.get(RightsRequest, case_id).handovers[0]
    return f"/droits/{RIGHTS_COPY.sign(handover.id)}/copie"


def mails():
    return db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)).all()


def code():
    """The code of the last mail that has one."""
    written = [re.search(r"\b(\d{4} \d{4})\b", mail.text or "") for mail in mails()]
    return [found[1] for found in written if found][-1]


def test_the_link_alone_opens_nothing_and_the_code_does(visitor, copied, read):
    assert VICTIM not in visitor.get(copied).text
    visitor.submit(f"{copied}/code")
    opened = visitor.submit(copied, code=code())
    page = visitor.get(opened.location)
    assert "copie.html" in read(page)
    copy = visitor.get(f"{opened.location}/copie.json")
    assert VICTIM in copy.text
    assert copy.headers["Content-Disposition"].startswith("attachment")


def test_the_person_is_told_of_each_opening(visitor, copied):
    visitor.submit(f"{copied}/code")
    visitor.submit(copied, code=code())
    last = mails()[-1]
    assert (last.recipient, "a été ouverte" in last.subject) == (VICTIM, True)


def test_five_wrong_codes_end_the_code_and_the_right_one_comes_too_late(visitor, copied, read):
    visitor.submit(f"{copied}/code")
    for _ in range(5):
        assert visitor.submit(copied, code="00000000").status_code == 422
    page = visitor.submit(copied, code=code())
    assert "Ce code ne sert plus" in read(page)


def test_a_code_lives_ten_minutes(visitor, copied, monday):
    visitor.submit(f"{copied}/code")
    monday.shift(timedelta(minutes=10))
    assert visitor.submit(copied, code=code()).status_code == 422


def test_a_link_lives_fifteen_days(visitor, copied, monday):
    monday.shift(timedelta(days=15))
    assert visitor.get(copied).status_code == 410


def test_what_is_asked_for_a_victim_leaves_to_the_mailbox_of_the_victim_alone(
    received, subscriber, visitor
):
    """A letter names the victim and asks to answer elsewhere: the case has one mailbox."""
    case_id = received(Right.ACCESS, address=VICTIM).id
    with pytest.raises(Refused, match="not_identified"):
        grant(case_id)
    assert {mail.recipient for mail in mails()} == {VICTIM}


def test_another_mailbox_is_told_that_nothing_is_held_there(received, subscriber):
    case_id = received(Right.ACCESS, address=OTHER).id
    confirm(case_id)
    grant(case_id)
    case = db.session.get(RightsRequest, case_id)
    assert [letter.kind for letter in case.letters] == [Kind.A1, Kind.A4_NOTHING]
    assert case.handovers == []
    assert not any(VICTIM in mail.text for mail in mails())


def test_many_tries_at_once_are_no_more_than_five(app, copied, visitor):
    visitor.submit(f"{copied}/code")
    number = db.session.scalars(db.select(Handover.id)).one()
    together = Barrier(8)

    def guess():
        with app.app_context():
            together.wait()
            with transaction():
                row = db.session.get(Handover, number)
                answers.append(handover.open_with(row, "00000000", AT))
            db.session.remove()

    answers = []
    guesses = [Thread(target=guess) for _ in range(8)]
    for each in guesses:
        each.start()
    for each in guesses:
        each.join()
    assert Counter(answers) == {Answer.WRONG: 5, Answer.STALE: 3}


def test_a_request_of_another_mailbox_does_not_join_the_victims(received, subscriber):
    victims, others = (
        received(Right.ACCESS, address=VICTIM).id,
        received(Right.ACCESS, address=OTHER).id,
    )
    confirm(others)
    for one, into in ((victims, others), (others, victims)):
        with pytest.raises(Refused, match="other_mailbox"):
            merge(one, into)


def merge(one, into):
    with transaction():
        case, other = (db.session.get(RightsRequest, each) for each in (one, into))
        merging.merge(case, other, "Même lettre.", "account:1", AT)


def test_a_merged_request_lends_no_proof_of_the_mailbox(received, subscriber):
    proven, open_ = (
        received(Right.ACCESS, address=VICTIM).id,
        received(Right.PORTABILITY, address=VICTIM).id,
    )
    confirm(proven)
    merge(proven, open_)
    assert db.session.get(RightsRequest, open_).rights == (Right.PORTABILITY, Right.ACCESS)
    with pytest.raises(Refused, match="not_identified"):
        grant(open_)


def test_after_a_change_of_address_nothing_opens_for_three_days(
    received, subscriber, visitor, monday
):
    move(subscriber, OTHER)
    case_id = received(Right.ACCESS, address=OTHER).id
    confirm(case_id)
    grant(case_id)
    handover = db.session.get(RightsRequest, case_id).handovers[0]
    copied = f"/droits/{RIGHTS_COPY.sign(handover.id)}/copie"
    before = len(mails())
    visitor.submit(f"{copied}/code")
    assert len(mails()) == before
    monday.shift(timedelta(hours=72))
    visitor.submit(f"{copied}/code")
    assert mails()[-1].recipient == OTHER


def move(subscriber, address):
    """Both mailboxes say yes; the one that is left is told."""
    with transaction():
        person = db.session.scalars(db.select(Subscriber)).one()
        address_changes.ask(person, addresses.parse(address), AT)
    change = db.session.scalars(db.select(AddressChange)).one()
    for side in ("old", "new"):
        with transaction():
            token = CHANGE_ADDRESS.sign([change.id, side])
            address_changes.agree(token, Evidence(Method.PREFERENCE_PAGE, AT), AT)
    assert fingerprint_of(addresses.parse(address)) == subscriber.fingerprint
    assert mails()[-1].recipient == VICTIM


def test_access_is_made_before_erasure_and_is_whole(received, subscriber, visitor):
    case_id = received(Right.ERASURE, Right.ACCESS, address=VICTIM).id
    confirm(case_id)
    grant(case_id)
    handover = db.session.get(RightsRequest, case_id).handovers[0]
    copied = f"/droits/{RIGHTS_COPY.sign(handover.id)}/copie"
    visitor.submit(f"{copied}/code")
    opened = visitor.submit(copied, code=code())
    assert VICTIM in visitor.get(f"{opened.location}/copie.json").text
    assert db.session.scalar(db.select(db.func.count()).select_from(Subscriber)) == 0


def test_a_copy_whose_link_is_over_is_gone_with_the_mailbox_it_went_to(app, copied, monday):
    monday.shift(timedelta(days=15))
    jobs.end_copies()
    jobs.end_copies()
    handover = db.session.scalars(db.select(Handover)).one()
    assert (handover.address, handover.file) == ("", "")
    assert list((Path(app.config["DATA_FOLDER"]) / "vault").glob("*")) == []


def test_who_asks_for_codes_too_soon_is_told_to_wait(visitor, copied, read):
    visitor.submit(f"{copied}/code")
    again = visitor.submit(f"{copied}/code")
    assert "Attendez 10 minutes" in read(visitor.get(again.location))
