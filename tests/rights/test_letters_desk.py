"""Letters at the desk: the free parts are written, the rest is fixed."""

import pytest

from mailer.db import db
from mailer.rights.carriage import Delivery
from mailer.rights.models import Letter

PAGE = "/bureau/demandes/DR-2026-0001/lettres"


@pytest.fixture
def asked(ask, case):
    ask("access")
    return f"/bureau/demandes/{case().reference}/lettres"


def last_letter():
    return db.session.scalars(db.select(Letter).order_by(Letter.id.desc()).limit(1)).one()


def test_the_page_shows_the_letter_with_fields_in_its_free_parts_alone(dpo, asked):
    page = dpo.get(f"{asked}/excess").text
    assert "autorité de contrôle" in page
    assert page.count("<textarea") == 3


def test_reading_again_names_what_is_missing_and_sends_nothing(dpo, asked, read):
    page = dpo.submit(f"{asked}/excess", decision="Un refus.")
    assert "Pourquoi la demande est excessive" in read(page)
    assert db.session.scalar(db.select(db.func.count()).select_from(Letter)) == 1


def test_a_letter_without_a_mandatory_part_cannot_be_sent_and_says_which(dpo, asked, read):
    page = dpo.submit(f"{asked}/excess/envoi", decision="Un refus.")
    assert page.status_code == 422
    assert "Il y manque : Pourquoi la demande est excessive" in read(page)


def test_a_complete_letter_leaves_and_can_be_read_and_printed(dpo, asked, read):
    said = {"decision": "Un refus.", "demonstration": "La neuvième en un trimestre."}
    assert dpo.submit(f"{asked}/excess/envoi", **said).status_code == 303
    number = last_letter().id
    assert "La neuvième en un trimestre." in read(dpo.get(f"{asked}/{number}/impression"))
    assert dpo.get(f"{asked}/{number}.pdf").data.startswith(b"%PDF")


def test_a_receipt_waits_until_it_is_handed_over(dpo, asked):
    dpo.submit(f"{asked}/receipt/envoi", remark="")
    letter = last_letter()
    assert letter.delivery == Delivery.TO_POST
    dpo.submit(f"{asked}/{letter.id}/depot")
    assert last_letter().delivery == Delivery.SENT


@pytest.mark.parametrize("kind", ["refusal", "extension", "nothing"])
def test_a_letter_that_tells_of_an_act_does_not_leave_from_here(dpo, asked, kind):
    assert dpo.submit(f"{asked}/{kind}/envoi", facts="Rien.").status_code == 404


def test_an_editor_finds_no_letter(staff, asked):
    assert staff("editor").get(f"{asked}/excess").status_code == 404
