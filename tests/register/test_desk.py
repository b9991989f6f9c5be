"""The record at the desk: read, taken away as a file, and what changed told in words."""

import json

import pytest
from sqlalchemy import func, select

from mailer.db import db, transaction
from mailer.register import jobs
from mailer.register.models import RegisterVersion
from mailer.subscriptions.models import MailingList

PAGE = "/bureau/registre"


def versions():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(RegisterVersion))


def rename(letter):
    with transaction():
        db.session.get_one(MailingList, letter).aim = "annoncer les visites du port"


def test_the_officer_reads_the_record(letter, dpo):
    page = dpo.get(PAGE).text
    assert "Envoyer les lettres demandées\u00a0: La lettre" in page
    assert "Première version gardée." in page


def test_an_editor_does_not(staff):
    assert staff("editor").get(PAGE).status_code in {403, 404}


def test_looking_twice_keeps_one_version(letter, dpo):
    dpo.get(PAGE)
    dpo.get(PAGE)
    assert versions() == 1


def test_a_change_makes_a_version_and_is_told_in_words(letter, dpo):
    dpo.get(PAGE)
    rename(letter)
    page = dpo.get(PAGE).text
    assert versions() == 2
    assert "<del>des portraits et des projets</del>" in page
    assert "<ins>annoncer les visites du port</ins>" in page


def test_a_list_that_is_made_is_told_as_a_new_processing(app, dpo, letter):
    dpo.get(PAGE)
    with transaction():
        db.session.add(MailingList(slug="agenda", name="L’agenda", description="x", frequency="y"))
    assert "Nouvelle activité\u00a0: " in dpo.get(PAGE).text


def test_the_worker_keeps_the_record_each_day(letter, app):
    jobs.keep_register()
    rename(letter)
    jobs.keep_register()
    jobs.keep_register()
    assert versions() == 2


def test_an_old_version_can_still_be_read(letter, dpo):
    dpo.get(PAGE)
    number = db.session.scalars(select(RegisterVersion.id)).one()
    rename(letter)
    assert "des portraits et des projets" in dpo.get(f"{PAGE}/versions/{number}").text


def test_the_table_is_a_file_that_no_spreadsheet_calculates(app, letter, dpo):
    with transaction():
        db.session.get_one(MailingList, letter).aim = "=1+1"
    answer = dpo.get(f"{PAGE}/fichiers/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert '"\'=1+1"' in answer.text


def test_the_json_has_every_part_of_every_activity(letter, dpo):
    told = json.loads(dpo.get(f"{PAGE}/fichiers/json").text)
    assert told["controller"]["officer"]
    assert all(all(part for part in each.values()) for each in told["activities"])


def test_the_page_to_print_stands_alone(letter, dpo):
    page = dpo.get(f"{PAGE}/fichiers/html")
    assert page.text.count("<h1>") == 1
    assert "Durées de conservation" in page.text


@pytest.mark.parametrize("address", ["fichiers/pdf", "versions/999"])
def test_what_is_not_there_is_not_found(dpo, address):
    assert dpo.get(f"{PAGE}/{address}").status_code == 404
