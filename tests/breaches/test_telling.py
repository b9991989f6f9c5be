"""Each person of the scope is told once, in their language, with all that the law asks for."""

import pytest
from breaches.files import OFFICER, WORDS

from mailer import addresses
from mailer.breaches import jobs, queries, telling
from mailer.breaches.duties import Refusal, Refused
from mailer.breaches.kinds import Reach, Told
from mailer.breaches.models import BreachLetter, TouchedPerson
from mailer.breaches.scope import Scope
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.mail import outbox
from mailer.mail.models import OutboxMessage, State
from mailer.mail.outcome import Kind as Outcome
from mailer.mail.outcome import Outcome as Became
from mailer.mail.outcome import Stage
from mailer.rights import erasure
from mailer.rights.composing import Lacking

LEA, TOM = "lea@exemple.fr", "tom@exemple.fr"


@pytest.fixture
def touched(described, sign_up):
    """The incident, which touched Léa, who reads French, and Tom, who reads English."""
    sign_up(LEA)
    sign_up(TOM, language="en")
    with transaction():
        db.session.execute(db.delete(OutboxMessage))
        telling.choose(queries.held(described), Scope(Reach.ALL), OFFICER)
    return described


def tell(reference):
    with transaction():
        return telling.begin(queries.held(reference), OFFICER, now())


def mails():
    db.session.rollback()
    found = db.select(OutboxMessage).order_by(OutboxMessage.recipient)
    return db.session.scalars(found).all()


def rows():
    db.session.rollback()
    return db.session.scalars(db.select(TouchedPerson).order_by(TouchedPerson.id)).all()


def fingerprint(address):
    return fingerprint_of(addresses.parse(address))


def test_each_person_gets_the_letter_in_their_language(touched, write):
    write(touched)
    tell(touched)
    jobs.tell_persons()
    (lea, tom) = mails()
    assert (lea.recipient, tom.recipient) == (LEA, TOM)
    assert "Vos données ont été touchées par un incident (VD-2026-0001)" in lea.subject
    assert WORDS["advice"] in lea.text
    assert "VD-2026-0001" in tom.subject
    assert "Bonjour" not in tom.text


def test_who_objected_is_told_all_the_same(touched, write):
    with transaction():
        consent.suppress(fingerprint(LEA), Reason.OBJECTION, now(), "request:1")
    write(touched)
    tell(touched)
    jobs.tell_persons()
    assert LEA in {mail.recipient for mail in mails()}


def test_the_letter_is_no_newsletter_and_offers_no_way_to_leave(touched, write):
    write(touched)
    tell(touched)
    jobs.tell_persons()
    names = {name.lower() for mail in mails() for name, _ in mail.headers}
    assert not any(name.startswith("list-") for name in names)


@pytest.mark.parametrize("name", ["nature", "consequences", "measures", "advice"])
def test_a_letter_without_a_mandatory_mention_does_not_leave_and_says_which(touched, write, name):
    write(touched)
    with transaction():
        telling.write(queries.held(touched), "en", WORDS | {name: ""}, OFFICER)
    with pytest.raises(Lacking) as lacking:
        tell(touched)
    assert lacking.value.mentions == (name,)
    assert rows() == []


def test_a_language_that_nobody_reads_may_stay_unwritten(described, sign_up, write):
    sign_up(LEA)
    with transaction():
        telling.choose(queries.held(described), Scope(Reach.ALL), OFFICER)
    write(described, ["fr"])
    assert tell(described) == 1


def test_telling_twice_adds_nobody_twice(touched, write):
    write(touched)
    assert tell(touched) == 2
    jobs.tell_persons()
    assert tell(touched) == 0
    jobs.tell_persons()
    assert len(mails()) == 2


def test_who_joins_the_scope_later_is_told_and_the_others_are_not_again(touched, write, sign_up):
    write(touched)
    tell(touched)
    jobs.tell_persons()
    sign_up("ana@exemple.fr")
    assert tell(touched) == 1
    jobs.tell_persons()
    told = [mail.recipient for mail in mails() if mail.origin.startswith("breach_person:")]
    assert sorted(told) == ["ana@exemple.fr", LEA, TOM]


def test_a_job_that_fails_in_between_starts_where_it_was(touched, write, monkeypatch):
    monkeypatch.setattr(telling, "BATCH", 1)
    write(touched)
    tell(touched)
    with transaction():
        telling.tell_some(now())
    telling.tell_some(now())
    db.session.rollback()
    jobs.tell_persons()
    assert len(mails()) == 2
    assert {row.state for row in rows()} == {Told.QUEUED}


def test_no_address_stays_once_the_letter_is_on_its_way(touched, write):
    write(touched)
    tell(touched)
    assert {row.address for row in rows()} == {LEA, TOM}
    jobs.tell_persons()
    assert {row.address for row in rows()} == {""}


def test_who_was_erased_meanwhile_is_unreachable_and_still_counts(touched, write, breach):
    write(touched)
    tell(touched)
    with transaction():
        erasure.erase(fingerprint(LEA), now())
    jobs.tell_persons()
    assert queries.told(breach(touched)) == {Told.QUEUED: 1, Told.UNREACHABLE: 1}
    assert [mail.recipient for mail in mails()] == [TOM]


def test_the_counts_follow_what_became_of_the_mails(touched, write, breach):
    write(touched)
    tell(touched)
    jobs.tell_persons()
    with transaction():
        first, second = outbox.claim(10, now())
        outbox.record(first, Became(Outcome.ACCEPTED, "2.0.0", "", Stage.DATA), now())
        outbox.record(second, Became(Outcome.REJECTED, "5.1.1", "", Stage.DATA), now())
    jobs.note_tellings()
    jobs.note_tellings()
    assert queries.told(breach(touched)) == {Told.SENT: 1, Told.FAILED: 1}
    assert {row.status for row in rows()} == {"2.0.0", "5.1.1"}


def test_what_was_told_is_kept_as_it_left_and_changes_no_more(touched, write):
    write(touched)
    tell(touched)
    letter = db.session.get_one(BreachLetter, (1, "fr"))
    assert WORDS["nature"] in letter.source
    with pytest.raises(Refused) as refused, transaction():
        telling.write(queries.held(touched), "fr", WORDS | {"nature": "Rien."}, OFFICER)
    assert refused.value.why == Refusal.LETTER_LEFT


@pytest.mark.parametrize(
    ("scope", "why"), [(None, Refusal.NO_SCOPE), (Scope(Reach.ALL), Refusal.NOBODY)]
)
def test_nothing_leaves_without_anybody_to_tell(described, write, scope, why):
    write(described)
    if scope:
        with transaction():
            telling.choose(queries.held(described), scope, OFFICER)
    with pytest.raises(Refused) as refused:
        tell(described)
    assert refused.value.why == why


def test_the_duty_to_tell_is_done_once_no_letter_waits(touched, write, breach):
    write(touched)
    tell(touched)
    assert "tell" in queries.duties(breach(touched))
    jobs.tell_persons()
    assert "tell" not in queries.duties(breach(touched))


def test_a_mail_in_the_outbox_belongs_to_its_person(touched, write):
    write(touched)
    tell(touched)
    jobs.tell_persons()
    with transaction():
        erasure.erase(fingerprint(LEA), now())
    assert [mail.recipient for mail in mails() if mail.state == State.QUEUED] == [TOM]
