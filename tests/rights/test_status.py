"""The page behind the signed link of a request: its state, its date, every letter, all to keep."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from mailer.db import db, transaction
from mailer.rights import asking, extending, operations, writing
from mailer.rights.asking import Question
from mailer.rights.extending import Reasons
from mailer.rights.following import PROGRESS
from mailer.rights.grounds import ExtensionGround
from mailer.rights.identity import Level
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import Letter, RightsRequest
from mailer.rights.states import Event, State
from mailer.tokens import RIGHTS_STATUS

SUNDAY = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
MONDAY = SUNDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel(SUNDAY) as travel:
        yield travel


@pytest.fixture
def access(received):
    """A request for access, due on 22 December."""
    return received(Right.ACCESS).id


def page(case_id):
    """The address of the page that follows the request."""
    return f"/droits/{RIGHTS_STATUS.sign(case_id)}/suivi"


def letter_of(case_id):
    """A letter of that request whose words are kept; its number."""
    with transaction():
        return writing.write(db.session.get(RightsRequest, case_id), Kind.A1, {}, SUNDAY).id


def change(case_id, act, *args):
    with transaction():
        act(db.session.get(RightsRequest, case_id), *args)


def test_every_state_has_words_for_who_waits():
    assert PROGRESS.keys() == set(State)


def test_it_says_the_state_the_date_and_how_it_is_counted(visitor, access, read):
    words = read(visitor.get(page(access)))
    assert "Reçue" in words
    assert "au plus tard le mardi 22 décembre 2026" in words
    assert "Délai de 1 mois, de date à date" in words


def test_a_suspended_clock_is_said_and_the_paper_can_be_sent_from_there(visitor, access, read):
    doubt = Question(Level.DOCUMENT, "La signature ne ressemble pas.")
    change(access, asking.ask, doubt, "account:1", MONDAY)
    answer = visitor.get(page(access))
    assert "suspendu depuis le lundi 23 novembre 2026" in read(answer)
    assert "22 décembre" not in read(answer)
    assert "/piece" in answer.text


def test_a_clock_that_waited_says_so(visitor, access, read):
    change(access, asking.ask, Question(Level.FACTS, "Deux Nadia."), "account:1", MONDAY)
    change(access, asking.confirm, "Deux faits cités.", "account:1", MONDAY + timedelta(days=7))
    words = read(visitor.get(page(access)))
    assert "au plus tard le mardi 29 décembre 2026" in words
    assert "s’ajoutent au délai" in words


def test_an_extended_clock_gives_its_reason_and_its_facts(visitor, access, read):
    why = Reasons(ExtensionGround.COMPLEXITY, "Trois fichiers sont à relire.")
    change(access, extending.extend, why, "account:1", MONDAY)
    words = read(visitor.get(page(access)))
    assert "lundi 22 février 2027" in words
    assert "parce que votre demande est complexe. Trois fichiers sont à relire." in words


def test_a_closed_request_has_no_date_to_come(visitor, access, read):
    change(access, operations.close, Event.WITHDRAW, "Par lettre.", "account:1", MONDAY)
    words = read(visitor.get(page(access)))
    assert "Retirée" in words
    assert "au plus tard" not in words


def test_an_unproven_mailbox_has_its_button_there_and_a_proven_one_none(visitor, access, read):
    assert "Il vous reste un bouton" in read(visitor.get(page(access)))
    with transaction():
        case = db.session.get(RightsRequest, access)
        case.mailbox_confirmed_at, case.proven = SUNDAY, Level.MAILBOX
    words = read(visitor.get(page(access)))
    assert "Il vous reste un bouton" not in words
    assert "Votre boîte a été reconnue" in words


def test_a_letter_reads_there_in_full_and_is_kept_as_text_and_pdf(visitor, access, read):
    here = f"{page(access)}/lettres/{letter_of(access)}"
    whole, text, pdf = (visitor.get(f"{here}{ending}") for ending in ("", ".txt", ".pdf"))
    for words in (read(whole), text.text):
        assert "au plus tard le mardi 22 décembre 2026" in words
        assert "DR-2026-0001" in words
    assert pdf.data.startswith(b"%PDF-")
    assert "attachment" in pdf.headers["Content-Disposition"]


def test_what_processors_were_told_is_not_the_persons_to_read(visitor, access):
    number = letter_of(access)
    with transaction():
        db.session.get(Letter, number).kind = Kind.A10
    assert visitor.get(f"{page(access)}/lettres/{number}").status_code == 404


def test_all_is_kept_in_one_file_without_the_data(visitor, access):
    letter_of(access)
    answer = visitor.get(f"{page(access)}/tout.zip")
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    kept = {name.rpartition(".")[2] for name in names}
    assert kept == {"pdf", "txt"}
    assert all(name.startswith("DR-2026-0001/2026-11-22-acknowledgement-") for name in names)


def test_a_letter_whose_words_are_gone_is_still_named(visitor, access, read):
    number = letter_of(access)
    with transaction():
        for letter in db.session.get(RightsRequest, access).letters:
            letter.source = ""
    assert "Accusé de réception" in read(visitor.get(page(access)))
    assert visitor.get(f"{page(access)}/lettres/{number}").status_code == 404


def test_the_link_of_one_request_opens_no_letter_of_another(visitor, received, access):
    others = letter_of(received(Right.ACCESS, address="autre@exemple.fr", on=date(2026, 11, 20)).id)
    for ending in ("", ".pdf", ".txt"):
        assert visitor.get(f"{page(access)}/lettres/{others}{ending}").status_code == 404


def test_the_link_lives_half_an_hour(visitor, access, sunday):
    link, number = page(access), letter_of(access)
    sunday.shift(timedelta(minutes=30, seconds=2))
    paths = (link, f"{link}/lettres/{number}", f"{link}/lettres/{number}.pdf", f"{link}/tout.zip")
    assert {visitor.get(path).status_code for path in paths} == {410}


def test_no_page_of_it_is_kept_referred_or_indexed(visitor, access):
    link, number = page(access), letter_of(access)
    for path in (
        link,
        f"{link}/lettres/{number}",
        f"{link}/lettres/{number}.pdf",
        f"{link}/tout.zip",
    ):
        sent = visitor.get(path).headers
        assert sent["Cache-Control"] == "no-store"
        assert sent["Referrer-Policy"] == "no-referrer"
        assert sent["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in sent
