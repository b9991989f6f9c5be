import re
from datetime import UTC, datetime

import pytest
import time_machine

from mailer.db import db
from mailer.mail.models import OutboxMessage
from mailer.rights.models import RightsRequest
from mailer.tokens import RIGHTS_MAILBOX

SUNDAY = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def counted(table):
    return db.session.scalar(db.select(db.func.count()).select_from(table))


def test_the_form_offers_ten_acts_in_plain_words_and_ticks_none(visitor):
    page = visitor.get("/droits").text
    assert page.count('type="checkbox"') == 10
    assert re.findall(r"<input [^>]*checked[^>]*>", page) == [
        '<input checked id="requester-0" name="requester" type="radio" value="self">'
    ]
    assert "Ne plus recevoir aucune lettre" in page


def test_the_answers_are_shown_before_anything_is_kept(visitor, read):
    page = visitor.submit("/droits", rights=["access"], address="nadia@exemple.fr")
    assert "Savoir ce que vous avez sur moi" in read(page)
    assert "nadia@exemple.fr" in read(page)
    assert counted(RightsRequest) == 0


def test_modifying_brings_back_what_was_typed(visitor):
    page = visitor.submit(
        "/droits", rights=["erasure"], address="nadia@exemple.fr", message="Merci", change="1"
    )
    assert page.status_code == 200
    assert 'value="nadia@exemple.fr"' in page.text
    assert re.search(r"<input[^>]* checked[^>]*value=\"erasure\"", page.text)
    assert "Merci</textarea>" in page.text


@pytest.mark.parametrize("path", ["/droits", "/droits/demandes"])
@pytest.mark.parametrize(
    ("typed", "cure"),
    [
        ({"rights": ["access"], "address": "nadia"}, "au format nom@exemple.fr"),
        ({"address": "nadia@exemple.fr"}, "Cochez au moins une demande."),
        ({"rights": ["rectification"], "address": "nadia@exemple.fr"}, "Dites en quelques mots"),
        ({"rights": ["tea"], "address": "nadia@exemple.fr"}, "Cochez"),
    ],
)
def test_what_is_missing_is_said_with_its_cure_and_the_rest_kept(visitor, path, typed, cure):
    page = visitor.submit(path, **typed)
    assert page.status_code == 422
    assert cure in page.text
    assert f'value="{typed["address"]}"' in page.text
    assert counted(RightsRequest) == 0


def test_a_request_gets_a_reference_and_a_date_in_words(ask, read):
    with time_machine.travel(SUNDAY):
        page = ask("access")
    assert "DR-2026-0001" in read(page)
    assert "au plus tard le mardi 22 décembre 2026" in read(page)


def test_its_acknowledgement_says_the_same_date_and_waits_in_the_outbox(ask):
    with time_machine.travel(SUNDAY):
        ask("access")
    body = acknowledgement()
    assert "au plus tard le mardi 22 décembre 2026" in body
    assert "DR-2026-0001" in body


def acknowledgement():
    """The text of the last mail put in the outbox."""
    return (
        db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id.desc())).first().text
    )


def test_an_objection_says_that_it_is_already_done(ask, read):
    assert "c’est déjà fait : plus aucun envoi ne partira" in read(ask("objection"))


def test_several_rights_are_one_case_with_a_line_each(ask, case):
    ask("access", "objection")
    assert [line.right for line in case().lines] == ["access", "objection"]


def test_the_address_of_the_page_tells_nothing_of_the_person(visitor):
    answer = visitor.submit("/droits/demandes", rights=["access"], address="nadia@exemple.fr")
    assert answer.status_code == 303
    assert "nadia" not in answer.location
    assert "exemple" not in answer.location


def test_a_known_and_an_unknown_address_get_the_same_bytes(ask, subscriber):
    known = ask("objection", "erasure", address=subscriber.address)
    unknown = ask("objection", "erasure", address="personne@exemple.fr")
    assert without_number(known.text) == without_number(unknown.text)


def without_number(page):
    return re.sub(r"DR-\d{4}-\d{4}|demandes/[\w.-]+", "", page)


def test_a_program_that_fills_the_hidden_field_leaves_no_request(visitor, read):
    page = visitor.submit(
        "/droits/demandes", rights=["access"], address="nadia@exemple.fr", website="http://x"
    )
    assert page.status_code == 422
    assert "envoyez-la de nouveau" in read(page)
    assert counted(RightsRequest) == 0


def test_opening_the_link_of_the_mail_confirms_nothing(visitor, ask, case):
    ask("access")
    link = f"/droits/{RIGHTS_MAILBOX.sign(case().id)}/confirmation"
    for _ in range(20):
        assert visitor.get(link).status_code == 200
        assert visitor.head(link).status_code == 200
    assert case().mailbox_confirmed_at is None


def test_pressing_its_button_confirms_the_mailbox_once(visitor, ask, case, read):
    ask("access")
    link = f"/droits/{RIGHTS_MAILBOX.sign(case().id)}/confirmation"
    visitor.submit(link)
    first = case().mailbox_confirmed_at
    visitor.submit(link)
    assert first is not None
    assert case().mailbox_confirmed_at == first
    assert "C’est confirmé" in read(visitor.get(link))


def test_a_link_that_is_too_old_says_so(visitor, ask, case):
    with time_machine.travel(SUNDAY):
        ask("access")
        link = f"/droits/{RIGHTS_MAILBOX.sign(case().id)}/confirmation"
    with time_machine.travel(datetime(2026, 12, 23, tzinfo=UTC)):
        assert visitor.get(link).status_code == 410


def test_no_page_of_the_flow_sets_a_cookie(visitor, ask):
    pages = [visitor.get("/droits"), visitor.submit("/droits", rights=["access"]), ask("access")]
    assert not any("Set-Cookie" in page.headers for page in pages)
