"""A letter that is written: kept as it went, sent with the rest, or not at all."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from letter_samples import CASE, KINDS, SAID

from mailer import addresses
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.mail.models import OutboxMessage, State
from mailer.rights import operations, writing
from mailer.rights.addressing import Destination
from mailer.rights.carriage import Delivery, Via
from mailer.rights.composing import Lacking
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import Channel, Letter
from mailer.rights.operations import Intake

GOLDEN = Path(__file__).parents[1] / "emails" / "rights" / "letters"
AT = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


@pytest.fixture
def request_(app):
    """A request for access of that Sunday, in French."""
    address = addresses.parse("nadia.k@exemple.fr")
    fingerprint = addresses.fingerprint(address, "another")
    asked = Intake(
        address,
        fingerprint,
        (Right.ACCESS,),
        "",
        Channel.POST,
        date(2026, 11, 22),
        "fr",
        "metropole",
    )
    with transaction():
        return operations.receive(asked, "account:1", AT)


def write(case, kind, to=None, at=AT, **facts):
    given = CASE | SAID[case.language] | {"reference": case.reference} | facts
    with transaction():
        return writing.write(case, kind, given, at, to or Destination(Via.EMAIL, case.address))


def mail_of(letter):
    found = db.select(OutboxMessage).where(OutboxMessage.message_id == letter.message_id)
    return db.session.scalars(found).one_or_none()


@pytest.mark.parametrize("kind", KINDS)
def test_each_mail_is_the_one_we_looked_at(request_, kind):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    drawn = mail_of(write(request_, kind)).html
    golden = GOLDEN / f"{kind}.fr.html"
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert drawn == golden.read_text(encoding="utf-8")


def test_a_letter_is_kept_with_its_words_their_hash_and_the_version_of_its_template(request_):
    letter = write(request_, Kind.A3)
    assert letter.sha256 == hashlib.sha256(letter.source.encode()).hexdigest()
    assert (letter.via, letter.delivery, letter.language) == (Via.EMAIL, Delivery.QUEUED, "fr")
    assert len(letter.version) == 16


def test_the_mail_and_its_text_part_say_the_same(request_):
    mail = mail_of(write(request_, Kind.A3))
    assert mail.recipient == "nadia.k@exemple.fr"
    assert "au plus tard le lundi 22 février 2027" in mail.text
    assert "au plus tard le lundi 22 février 2027" in mail.html


def test_a_letter_that_lacks_a_mention_leaves_neither_row_nor_mail(request_):
    before = counts()
    with pytest.raises(Lacking, match="facts"):
        write(request_, Kind.A8, facts=" ")
    assert counts() == before


def counts():
    tables = (Letter, OutboxMessage)
    return [db.session.scalar(db.select(db.func.count()).select_from(each)) for each in tables]


def test_an_extension_after_the_first_due_date_is_not_written(request_):
    last, late = datetime(2026, 12, 22, 22, 0, tzinfo=UTC), datetime(2026, 12, 23, tzinfo=UTC)
    assert write(request_, Kind.A3, at=last)
    with pytest.raises(Conflict):
        write(request_, Kind.A3, at=late)


def test_a_letter_on_paper_waits_for_whoever_posts_it(request_):
    letter = write(request_, Kind.A1B, Destination(Via.HAND))
    assert (mail_of(letter), letter.delivery) == (None, Delivery.TO_POST)


def test_a_letter_is_posted_once(request_):
    letter = write(request_, Kind.A8, Destination(Via.POST))
    writing.posted(letter, AT)
    assert (letter.delivery, letter.delivered_at) == (Delivery.SENT, AT)
    with pytest.raises(Conflict):
        writing.posted(letter, AT)


@pytest.mark.parametrize(
    ("state", "delivery"), [(State.SENT, Delivery.SENT), (State.FAILED, Delivery.FAILED)]
)
def test_a_letter_remembers_what_became_of_its_mail(request_, state, delivery):
    letter = write(request_, Kind.A3)
    ended = {"state": state, "next_at": None, "recipient": None, "ended_at": AT, "status": "2.0.0"}
    with transaction():
        db.session.execute(db.update(OutboxMessage).values(ended))
        noted = [writing.note_deliveries(), writing.note_deliveries()]
    assert noted == [2, 0]
    assert (letter.delivery, letter.delivered_at, letter.status) == (delivery, AT, "2.0.0")


def test_a_mail_that_is_still_under_way_changes_nothing(request_):
    letter = write(request_, Kind.A3)
    with transaction():
        writing.note_deliveries()
    assert letter.delivery == Delivery.QUEUED


def test_a_refusal_says_whether_it_comes_in_time(request_):
    last, late = datetime(2026, 12, 22, 22, 0, tzinfo=UTC), datetime(2026, 12, 23, tzinfo=UTC)
    in_time = write(request_, Kind.A8, at=last).source
    assert "avant la fin du délai, dont le dernier jour est le mardi 22 décembre 2026" in in_time
    assert "Nous devions" not in in_time
    assert "Nous devions vous répondre au plus tard" in write(request_, Kind.A8, at=late).source
