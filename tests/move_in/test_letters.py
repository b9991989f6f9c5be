"""Past letters come into the archive: their words, and nothing of any reader."""

import pytest
from sqlalchemy import select

from mailer.db import db, transaction
from mailer.delivery import ready
from mailer.errors import Conflict
from mailer.newsletters import approving
from mailer.newsletters.models import ApprovedLetter, Issue
from mailer.subscriptions.lists import Archive
from mailer.subscriptions.models import MailingList

TO_THE_PORT = ("--list", "Le port")
DANGEROUS = ("<script", "onclick", "pixel.example", "alert(")
OF_A_READER = ("UNSUB", "{{", "*|", "MERGE_", "Se désinscrire", "Se désabonner", "Partir")

JANUARY = "campaigns_content/12020101_la-lettre-de-janvier.html"


@pytest.fixture
def letters(app):
    """Each letter of the archive, the oldest first."""

    def found():
        db.session.rollback()
        wanted = select(ApprovedLetter).join(Issue).order_by(Issue.sent_at, Issue.id)
        return db.session.scalars(wanted).all()

    return found


def open_archive():
    with transaction():
        db.session.scalars(select(MailingList)).first().archive = Archive.UNINDEXED


CASES = {
    "listmonk": ("listmonk-campaigns.json", ["Le phare rouvre", "Les quais en été"]),
    "mailtrain": ("mailtrain-campaigns.json", ["Le port en mai"]),
    "brevo": ("brevo-campaigns.json", ["Le port en mars"]),
}


@pytest.mark.parametrize("program", CASES)
def test_what_was_sent_comes_and_what_was_not_stays(report, letters, program):
    file, subjects = CASES[program]

    report(program, file, *TO_THE_PORT)

    assert [letter.web_title for letter in letters()] == subjects
    pages = "".join(letter.web_html + letter.web_text for letter in letters())
    assert [sign for sign in DANGEROUS + OF_A_READER if sign in pages] == []


def test_the_archive_of_mailchimp_gives_its_letters(report, letters, mailchimp):
    told = report("mailchimp", mailchimp, *TO_THE_PORT)

    january, february = letters()
    assert (january.web_title, february.web_title) == ("Le port en janvier", "Le port en février")
    assert january.issue.sent_at.isoformat() == "2024-01-09T08:00:00+00:00"
    assert 'href="https://port.example/horaires"' in january.web_html
    assert [sign for sign in DANGEROUS + OF_A_READER if sign in january.web_html] == []
    assert told["letters"] == {"kept": 2}


@pytest.mark.parametrize("mailchimp", [{JANUARY: "<p>été</p>".encode("latin-1")}], indirect=True)
def test_a_letter_that_cannot_be_read_stops_no_other(report, letters, people, mailchimp):
    looked = report("mailchimp", mailchimp, *TO_THE_PORT, "--dry-run")
    told = report("mailchimp", mailchimp, *TO_THE_PORT)

    unreadable = {"name": "La lettre de janvier", "because": "unreadable"}
    assert unreadable in looked["left_out"]
    assert unreadable in told["left_out"]
    assert [letter.web_title for letter in letters()] == ["Le port en février"]
    assert len(people()) == 3


def test_the_words_of_a_letter_are_drawn_as_ours(report, letters):
    report("listmonk", "listmonk-campaigns.json", *TO_THE_PORT)

    first, second = letters()
    assert "<strong>rouvre</strong>" in first.web_html
    assert 'href="https://port.example/phare"' in first.web_html
    assert "Lundi" in second.web_text.split()
    assert second.web_html.count("<li") == 2


def test_run_twice_no_letter_is_there_twice(report, letters):
    report("brevo", "brevo-campaigns.json", *TO_THE_PORT)

    told = report("brevo", "brevo-campaigns.json", *TO_THE_PORT)

    assert (told["letters"], len(letters())) == ({"known": 1}, 1)


def test_a_letter_that_another_program_sent_never_leaves_again(report, letters):
    report("brevo", "brevo-campaigns.json", *TO_THE_PORT)

    (letter,) = letters()
    assert ready.page(None).rows == []
    with pytest.raises(Conflict):
        approving.verified(letter.issue)
    with pytest.raises(Conflict):
        approving.take_back(letter.issue, "account:1", letter.issue.sent_at)


def test_nobody_reads_it_before_the_archive_of_the_list_is_opened(report, visitor, letters):
    report("brevo", "brevo-campaigns.json", *TO_THE_PORT)
    page = f"/archives/le-port/{letters()[0].issue_id}"
    assert visitor.get(page).status_code == 404

    open_archive()

    assert "les horaires changent" in visitor.get(page).text
    assert "Le port en mars" in visitor.get("/archives/le-port").text


def test_an_open_archive_takes_letters_only_when_that_is_wanted(report, letters):
    report("brevo", "brevo-contacts.csv", *TO_THE_PORT)
    open_archive()

    told = report("brevo", "brevo-campaigns.json", *TO_THE_PORT)
    assert (told["letters"], letters()) == ({"not_for_all": 1}, [])
    told = report("brevo", "brevo-campaigns.json", *TO_THE_PORT, "--publish")
    assert told["letters"] == {"kept": 1}
