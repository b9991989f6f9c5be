"""Where letters go: whoever asks, what tells of data goes to the mailbox on file alone."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import current_app

from mailer import addresses, links
from mailer.consent.queries import is_sendable
from mailer.consent.subjects import fingerprint_of, nobody
from mailer.db import db, transaction
from mailer.errors import Conflict, Invalid
from mailer.mail.models import OutboxMessage
from mailer.rights import answering, operations, writing
from mailer.rights.carriage import Via
from mailer.rights.decision import Decision
from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import Channel
from mailer.rights.operations import Intake
from mailer.rights.parts import as_text, read
from mailer.rights.requesters import Requester
from mailer.rights.states import Outcome, Refused

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
VICTIM, AGENT = "lea@exemple.fr", "cabinet@exemple.net"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(AT, tick=False):
        yield


def receive(*rights, address=VICTIM, **others):
    parsed = addresses.parse(address) if address else None
    asked = Intake(
        address=parsed,
        fingerprint=fingerprint_of(parsed) if parsed else nobody(),
        rights=rights,
        verbatim="Madame, Monsieur…",
        received_on=date(2026, 11, 22),
        language="fr",
        calendar="metropole",
        **{"channel": Channel.POST} | others,
    )
    with transaction():
        return operations.receive(asked, "account:1", AT)


def represented(*rights, requester=Requester.MANDATE):
    return receive(*rights, requester=requester, representative="Me Roux", contact=AGENT)


def answer(case, outcome=Outcome.GRANTED, ground=None, **proven):
    reason = "Rien ne montre le mandat." if ground else ""
    with transaction():
        db.session.add(case)
        for name, value in proven.items():
            setattr(case, name, value)
        grounds = dict.fromkeys(case.rights, ground) if ground else {}
        decision = Decision(dict.fromkeys(case.rights, outcome), "", reason, grounds)
        answering.answer(case, decision, "account:1", AT)


def mails():
    found = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id))
    return [(mail.recipient, mail.text) for mail in found]


def test_who_asks_for_somebody_is_acknowledged_and_the_person_is_told(subscriber):
    represented(Right.ACCESS)
    sent = dict(mails()[-2:])
    assert sorted(sent) == sorted([AGENT, VICTIM])
    assert "/confirmation" in sent[VICTIM]
    assert "/confirmation" not in sent[AGENT]


def test_the_person_reads_who_asks_in_their_name_and_how_to_say_no(subscriber):
    represented(Right.ACCESS)
    said = dict(mails()[-2:])[VICTIM]
    assert "Me Roux nous a adressé une demande en votre nom, en disant avoir votre mandat" in said
    assert "Rien n’est remis à qui que ce soit avant que nous ayons vérifié la pièce" in said
    assert "Vous n’êtes pas d’accord" in said
    assert "Vous nous avez adressé" not in said


def test_who_asks_for_somebody_reads_that_a_paper_will_be_asked_for(subscriber):
    represented(Right.ACCESS)
    said = dict(mails()[-2:])[AGENT]
    assert "au nom de la personne que vous représentez" in said
    assert "Nous vous demanderons une pièce" in said
    assert VICTIM not in said


def test_no_paper_is_announced_for_what_needs_none(subscriber):
    represented(Right.OBJECTION)
    assert "pièce" not in "".join(dict(mails()[-2:]).values())


def test_a_notice_of_death_is_called_so_to_both(subscriber):
    represented(Right.POST_MORTEM, requester=Requester.HEIR)
    said = dict(mails()[-2:])
    assert "Me Roux nous a signalé, comme héritier, le décès" in said[VICTIM]
    assert "Dire que c’est une erreur" in said[VICTIM]
    assert "Vous nous avez signalé un décès" in said[AGENT]
    both = "".join(said.values())
    assert both.count("Ce que nous avons compris\u00a0: Signalement d’un décès") == 2
    assert "Directives" not in both


def test_a_mailbox_that_was_confirmed_is_no_mandate(subscriber):
    case = represented(Right.ACCESS)
    with pytest.raises(Refused, match="not_identified"):
        answer(case, mailbox_confirmed_at=AT)


def test_even_a_verified_agent_gets_no_copy(subscriber):
    answer(represented(Right.ACCESS), proven=3)
    assert mails()[-1][0] == VICTIM
    assert "/copie" in mails()[-1][1]


def test_a_verified_agent_is_told_what_was_done(subscriber):
    answer(represented(Right.RESTRICTION), proven=3)
    assert mails()[-1][0] == AGENT


@pytest.mark.parametrize("right", [Right.RESTRICTION, Right.ERASURE, Right.OBJECTION])
def test_what_a_verified_agent_is_told_the_person_is_told_too(subscriber, right):
    answer(represented(right), proven=3)
    (person, copy), (agent, answered) = mails()[-2:]
    assert (person, agent) == (VICTIM, AGENT)
    assert "en votre nom" in copy
    assert "au nom de la personne que vous représentez" in answered


def test_a_verified_agent_is_told_that_the_copy_went_to_the_person(subscriber):
    answer(represented(Right.ACCESS), proven=3)
    assert len([recipient for recipient, _ in mails() if recipient == AGENT]) == 2
    (agent, word), (person, _) = mails()[-2:]
    assert (agent, person) == (AGENT, VICTIM)
    assert "La réponse est partie à la boîte de la personne" in word
    assert "/copie" not in word


def test_a_refusal_reaches_both_once_the_paper_was_verified(subscriber):
    answer(represented(Right.ERASURE), Outcome.REFUSED, Ground.LEGAL_CLAIMS, proven=3)
    assert [recipient for recipient, _ in mails()[-2:]] == [VICTIM, AGENT]


def test_without_a_paper_nothing_is_said_twice(subscriber):
    before = len(mails()) + 2
    answer(represented(Right.ACCESS), Outcome.NO_DATA)
    assert [recipient for recipient, _ in mails()[before:]] == [VICTIM]


def test_an_agent_without_a_paper_does_not_learn_that_nothing_is_held(app):
    answer(represented(Right.ACCESS), Outcome.NO_DATA)
    assert mails()[-1][0] == VICTIM


def test_an_agent_without_a_paper_learns_that_they_are_not_known(subscriber):
    answer(represented(Right.ACCESS), Outcome.REFUSED, Ground.NOT_IDENTIFIED)
    assert mails()[-1][0] == AGENT


def test_a_letter_on_paper_never_carries_the_link_that_proves_the_mailbox(subscriber):
    case = receive(Right.ACCESS, answer_via=Via.POST, postal_address="3 rue du Port")
    letter = case.letters[0]
    assert (letter.kind, letter.via) == (Kind.A1, Via.POST)
    assert "/confirmation" not in letter.source


def test_a_letter_on_paper_says_where_to_write_and_no_link_to_type(subscriber):
    case = receive(Right.ACCESS, answer_via=Via.POST, postal_address="3 rue du Port")
    words = as_text(read(case.letters[0].source))
    house = current_app.config
    by_post = f"par courrier à {house['ORGANISATION']}, {house['POSTAL_ADDRESS']}"
    assert f"{by_post}, ou par courriel à {house['DPO_ADDRESS']}" in words
    assert re.findall(r"https?://\S*/droits\S*", words) == [links.rights()]
    assert "confirmez" not in words
    assert "suivre" not in words.lower()


def test_a_question_on_paper_is_answered_by_post_and_not_by_a_signed_link(subscriber):
    case = receive(Right.ACCESS, answer_via=Via.POST, postal_address="3 rue du Port")
    asked = {
        "doubt": "Un doute.",
        "needed": "Une pièce.",
        "upload": links.rights_identity("signed"),
    }
    with transaction():
        letter = writing.write(case, Kind.A2, asked, AT)
    assert letter.via == Via.POST
    assert "signed" not in letter.source
    assert "par courrier à" in letter.source


def test_only_who_receives_nothing_more_reads_how_to_receive_again(subscriber):
    receive(Right.ACCESS)
    receive(Right.OBJECTION)
    access, objection = (words for _, words in mails()[-2:])
    assert "Pour recevoir de nouveau" not in access
    assert "Pour recevoir de nouveau" in objection


@pytest.mark.parametrize(("proven", "via"), [(1, Via.EMAIL), (2, Via.POST)])
def test_a_postal_address_that_anybody_may_give_is_not_told_what_is_held(subscriber, proven, via):
    case = receive(Right.ACCESS, answer_via=Via.POST, postal_address="9 rue d’Ailleurs")
    answer(case, Outcome.REFUSED, Ground.LEGAL_CLAIMS, proven=proven)
    assert (case.letters[-1].kind, case.letters[-1].via) == (Kind.A8, via)


def test_who_objects_on_paper_is_answered_on_paper_without_any_proof(subscriber):
    case = receive(Right.OBJECTION, answer_via=Via.POST, postal_address="3 rue du Port")
    answer(case)
    assert (case.letters[-1].kind, case.letters[-1].via) == (Kind.A6, Via.POST)


def test_a_request_without_any_address_is_answered_on_paper_and_touches_nobody(subscriber):
    case = receive(Right.OBJECTION, address="", answer_via=Via.POST, postal_address="3 rue du Port")
    answer(case)
    assert [letter.via for letter in case.letters] == [Via.POST, Via.POST]
    assert is_sendable(subscriber.fingerprint)


def test_nothing_is_sworn_of_an_address_that_nobody_knows(app):
    on_paper = {"answer_via": Via.POST, "postal_address": "3 rue du Port"}
    case = receive(Right.ACCESS, address="", **on_paper)
    with pytest.raises(Refused, match="no_address"):
        answer(case, Outcome.NO_DATA)


def test_an_address_learnt_later_proves_nothing_and_is_never_changed(subscriber):
    on_paper = {"answer_via": Via.POST, "postal_address": "3 rue du Port"}
    case = receive(Right.ERASURE, address="", **on_paper)
    with transaction():
        db.session.add(case)
        operations.name_mailbox(case, addresses.parse(VICTIM), "account:1", AT)
    assert (case.address, case.level) == (VICTIM, 0)
    assert not is_sendable(subscriber.fingerprint)
    assert "/confirmation" in dict(mails())[VICTIM]
    with pytest.raises(Conflict):
        operations.name_mailbox(case, addresses.parse(AGENT), "account:1", AT)


def test_two_requests_without_an_address_are_of_two_persons(app):
    on_paper = {"answer_via": Via.POST, "postal_address": "3 rue du Port"}
    first, second = (receive(Right.ACCESS, address="", **on_paper) for _ in range(2))
    assert first.fingerprint != second.fingerprint


def test_a_request_with_nowhere_to_answer_is_not_taken(app):
    with pytest.raises(Invalid):
        receive(Right.ACCESS, address="")


def test_on_the_spot_a_receipt_is_written_for_both_to_sign(app):
    case = receive(Right.ACCESS, channel=Channel.COUNTER)
    assert [(each.kind, each.via) for each in case.letters] == [
        (Kind.A1, Via.EMAIL),
        (Kind.A1B, Via.HAND),
    ]


def test_a_credible_notice_of_death_stops_letters_at_once_and_for_good(subscriber):
    case = represented(Right.POST_MORTEM, requester=Requester.HEIR)
    assert not is_sendable(subscriber.fingerprint)
    with transaction():
        db.session.add(case)
        case.proven = 3
        outcomes = {Right.POST_MORTEM: Outcome.GRANTED}
        decision = Decision(outcomes, "Le décès est noté.", "")
        answering.answer(case, decision, "account:1", AT)
    assert not is_sendable(subscriber.fingerprint)
    assert mails()[-1][0] == AGENT


def test_directives_for_later_stop_nothing_now(subscriber):
    receive(Right.POST_MORTEM)
    assert is_sendable(subscriber.fingerprint)


@pytest.mark.parametrize(
    ("ground", "mailbox"), [(Ground.NOT_IDENTIFIED, AGENT), (Ground.LEGAL_CLAIMS, VICTIM)]
)
def test_a_letter_is_foreseen_to_go_where_it_then_goes(subscriber, ground, mailbox):
    case = represented(Right.ACCESS)
    because = {Right.ACCESS: ground}
    decision = Decision({Right.ACCESS: Outcome.REFUSED}, "", "Rien ne montre le mandat.", because)
    with transaction():
        (foreseen,) = answering.foresee(db.session.merge(case), decision, AT)
    answer(case, Outcome.REFUSED, ground)
    assert foreseen.to.mailbox == mails()[-1][0] == mailbox
