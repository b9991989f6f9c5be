"""For whom a visitor asks, what they tell of a death, and what the form says of lists."""

import re
from itertools import product

import pytest

from mailer.consent.bases import LawfulBasis, opens
from mailer.consent.bases import Right as Opened
from mailer.consent.queries import is_sendable
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights.requesters import Requester
from mailer.subscriptions.models import MailingList, Subscription
from mailer.tokens import RIGHTS_MAILBOX

SIX = [basis for basis in LawfulBasis if not basis.value.endswith(("optin", "b2b_interest"))]
PAUL = {"representative": "Paul Morvan", "contact": "paul@exemple.fr"}
LEA = "lea@exemple.fr"


def recipients():
    return set(db.session.scalars(db.select(OutboxMessage.recipient)))


@pytest.mark.parametrize(("basis", "right"), list(product(SIX, Opened)))
def test_the_form_offers_every_right_and_says_which_list_does_not_open_it(
    visitor, subscriber, read, basis, right
):
    with transaction():
        db.session.scalars(db.select(MailingList)).one().basis = basis
    page = visitor.get("/droits")
    assert f'value="{right}"' in page.text
    says_so = "La base légale de ces lettres n’ouvre pas ce droit\u00a0: La lettre." in page.text
    # One list, and other rights beside: the sentence must stand at this one.
    hint = page.text.partition(f'value="{right}"')[2].partition("</div>")[0]
    is_closed = right != Opened.OBJECTION and not opens(basis, right).is_open
    assert ("La lettre." in hint) is is_closed
    assert says_so is any(not opens(basis, r).is_open for r in Opened if r != Opened.OBJECTION)


def test_most_ask_for_themselves_and_see_nothing_of_the_rest(visitor):
    page = visitor.get("/droits").text
    assert '<details class="field">' in page


def test_a_fault_in_what_is_folded_opens_it(visitor):
    page = visitor.submit("/droits", rights=["access"], address=LEA, requester="mandate")
    assert page.status_code == 422
    assert '<details class="field" open>' in page.text
    assert "Indiquez votre nom" in page.text


def test_no_paper_can_be_sent_with_the_form(visitor):
    assert 'type="file"' not in visitor.get("/droits").text


def test_who_asks_for_another_is_shown_before_sending_and_kept(visitor, case, read):
    asked = {"rights": ["access"], "address": LEA, "requester": "mandate", **PAUL}
    shown = read(visitor.submit("/droits", **asked))
    assert "Paul Morvan, paul@exemple.fr" in shown
    assert "Pour quelqu’un qui m’en a donné mandat" in shown
    visitor.submit("/droits/demandes", **asked)
    kept = case()
    assert (kept.requester, kept.representative) == (Requester.MANDATE, "Paul Morvan")
    assert recipients() >= {LEA, "paul@exemple.fr"}


def test_who_asks_for_themselves_leaves_no_other_name(visitor, case):
    visitor.submit("/droits/demandes", rights=["access"], address=LEA, **PAUL)
    kept = case()
    assert (kept.requester, kept.representative, kept.contact) == (Requester.SELF, "", "")


@pytest.fixture
def death(visitor, subscriber):
    """`death()`: somebody tells that Léa has died."""

    def tell(**more):
        return visitor.submit("/droits/demandes", rights=["death"], address=LEA, **PAUL, **more)

    return tell


def test_a_death_stops_every_letter_at_once(death, subscriber, visitor, read, case):
    page = visitor.get(death().location)
    assert "plus aucun envoi ne partira" in read(page)
    assert not is_sendable(subscriber.fingerprint)
    assert (case().rights, case().requester) == (("post_mortem",), Requester.HEIR)


def test_the_mailbox_of_who_is_said_to_have_died_reads_how_to_say_no(death, visitor, read, case):
    death()
    words = read(visitor.get(f"/droits/{RIGHTS_MAILBOX.sign(case().id)}/confirmation"))
    assert "nous signale un décès" in words
    assert "C’est une erreur" in words
    assert "Oui" not in words


def test_a_death_needs_the_name_and_the_mailbox_of_who_tells_it(visitor):
    page = visitor.submit("/droits/demandes", rights=["death"], address=LEA)
    assert page.status_code == 422
    assert "Indiquez votre nom" in page.text
    assert "au format nom@exemple.fr" in page.text


def test_a_death_needs_no_other_words(death):
    assert death().status_code == 303


def test_directives_for_later_stop_nothing_now(visitor, subscriber, case):
    words = "Effacez tout, et prévenez ma fille."
    visitor.submit("/droits/demandes", rights=["post_mortem"], address=LEA, message=words)
    assert (case().verbatim, case().requester) == (words, Requester.SELF)
    assert is_sendable(subscriber.fingerprint)


def test_directives_are_words(visitor):
    page = visitor.submit("/droits/demandes", rights=["post_mortem"], address=LEA)
    assert "Dites en quelques mots" in page.text


def test_taking_back_consent_ends_the_letters_at_once(visitor, subscriber):
    visitor.submit("/droits/demandes", rights=["withdrawal"], address=LEA)
    assert not is_sendable(subscriber.fingerprint)
    assert db.session.scalars(db.select(Subscription.state)).all() == ["ended"]


def test_answers_come_in_the_language_that_was_chosen(visitor, case):
    visitor.submit("/droits/demandes", rights=["access"], address=LEA, language="en")
    mail = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert case().language == "en"
    assert "request" in mail.subject.lower()


def test_the_mailbox_of_who_asks_is_not_pestered_either(visitor):
    for number in range(6):
        address = f"personne{number}@exemple.fr"
        visitor.submit(
            "/droits/demandes", rights=["access"], address=address, requester="mandate", **PAUL
        )
    found = db.select(OutboxMessage.recipient).where(OutboxMessage.recipient == PAUL["contact"])
    assert len(db.session.scalars(found).all()) == 1


@pytest.mark.parametrize("who", [{}, {"requester": "heir", **PAUL}])
def test_for_another_too_a_known_and_an_unknown_address_get_the_same_page(
    visitor, subscriber, who, app
):
    app.config["CONFIRMATION_MINUTES_APART"] = 0
    pages = []
    for address in (LEA, "eva@exemple.fr"):
        sent = visitor.submit("/droits/demandes", rights=["access"], address=address, **who)
        pages.append(visitor.get(sent.location).text.replace("DR-2026-0002", "DR-2026-0001"))
    assert neutral(pages[0]) == neutral(pages[1])


def neutral(page):
    """The page without the signed link to itself, which the choice of language repeats."""
    return re.sub(r"demandes/[\w.-]+", "", page)
