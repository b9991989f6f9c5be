"""The record is what the installation does: it changes with it (law: row 42)."""

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from mailer.db import Base, db, transaction
from mailer.declarations import declared, tables
from mailer.personal import Purpose
from mailer.register import activities, words
from mailer.register.sheet import read
from mailer.subscriptions.models import MailingList


@pytest.fixture
def french(app, letter):
    with force_locale("fr"):
        yield


def only(purpose):
    (found,) = (each for each in activities.now().activities if each.purpose == purpose)
    return found


def test_every_part_that_the_law_asks_for_is_filled(french):
    sheet = activities.now()
    assert all((sheet.controller.name, sheet.controller.address, sheet.controller.officer))
    for activity in sheet.activities:
        assert words.title(activity)
        assert all(all(words.lines(activity, part)) for part in words.PARTS)
        assert all(words.lines(activity, part) for part in words.PARTS)


def test_every_list_is_a_processing_of_its_own(french):
    assert "La lettre" in words.title(only(Purpose.NEWSLETTER))


def test_every_personal_table_stands_in_the_record(french):
    told = {kept.table for each in activities.now().activities for kept in each.retention}
    of_a_purpose = {
        table.name
        for table in tables()
        if any(word.purpose != Purpose.MEASUREMENT for word in declared(table).values())
    }
    assert of_a_purpose <= told <= Base.metadata.tables.keys()


def test_a_new_purpose_of_a_list_changes_its_sheet(french, letter):
    before = activities.now()
    with transaction():
        db.session.get_one(MailingList, letter).aim = "annoncer les visites du port"
    after = activities.now()
    assert "visites du port" in words.lines(only(Purpose.NEWSLETTER), "aim")[0]
    assert before.sha256 != after.sha256


def test_a_processor_that_is_added_appears(app, french):
    app.config["PROCESSORS"] = ["Relais SA, Rennes : remise des courriels"]
    assert "Relais SA, Rennes : remise des courriels" in words.lines(
        only(Purpose.NEWSLETTER), "processors"
    )


def test_a_transfer_is_named_or_said_to_be_none(app, french):
    assert words.lines(only(Purpose.RIGHTS), "transfers") == ["Aucun"]
    app.config["TRANSFERS"] = "Clauses types, vers le Canada"
    assert words.lines(only(Purpose.RIGHTS), "transfers") == ["Clauses types, vers le Canada"]


def test_how_long_each_thing_is_kept_comes_from_the_rulebook(french):
    kept = words.lines(only(Purpose.OPPOSITION_LIST), "retention")
    assert kept == ["Liste d’opposition\u00a0: 3 ans"]


def test_nothing_is_said_to_be_kept_for_two_times(french):
    for activity in activities.now().activities:
        what = [line.rpartition("\u00a0: ")[0] for line in words.lines(activity, "retention")]
        assert len(what) == len(set(what))


def test_measuring_is_a_processing_only_where_something_is_measured(app, french, letter):
    assert all(each.purpose != Purpose.MEASUREMENT for each in activities.now().activities)
    app.config["TRACKING"] = "individual"
    with transaction():
        db.session.get_one(MailingList, letter).tracking = "individual"
    assert only(Purpose.MEASUREMENT).basis == "consent"


def test_what_protects_the_data_follows_the_settings(app, french):
    assert "https" not in only(Purpose.STAFF).security
    app.config["BASE_URL"] = "https://lettre.exemple.fr"
    assert "https" in only(Purpose.STAFF).security


def test_who_may_read_it_is_who_may_open_its_pages(french):
    assert "dpo" in only(Purpose.RIGHTS).recipients
    assert "editor" not in only(Purpose.RIGHTS).recipients


def test_a_sheet_that_was_kept_reads_as_it_was(french):
    sheet = activities.now()
    assert read(sheet.content) == sheet


def test_a_list_that_is_gone_is_no_processing(french):
    with transaction():
        db.session.delete(db.session.scalars(select(MailingList)).one())
    assert all(each.purpose != Purpose.NEWSLETTER for each in activities.now().activities)
