"""The copy of one's data: every declared column, for a program and for a reader (law: row 28)."""

import json

import pytest
from flask_babel import force_locale
from lxml import html
from rights.everywhere import AT, seed
from sqlalchemy import event, update

from mailer import addresses
from mailer.audit.operations import record
from mailer.db import Base, db, transaction
from mailer.declarations import declared
from mailer.mail import outbox, templates
from mailer.mail.models import OutboxMessage
from mailer.register.columns import COLUMNS
from mailer.rights import copies
from mailer.rights.models import RightsRequest
from mailer.rights.sections import COLLEAGUE, WITHHELD

MARKER = "zo.marqueur@exemple.fr"


@pytest.fixture(autouse=True)
def french(app):
    """A copy is made in the language of its request."""
    with force_locale("fr"):
        yield


@pytest.fixture
def zo(app):
    """Somebody with a row in every table; their fingerprint."""
    fingerprint = addresses.fingerprint(addresses.parse(MARKER), app.config["FINGERPRINT_KEY"])
    with transaction():
        seed(fingerprint, MARKER)
    return fingerprint


@pytest.fixture
def expected(zo):
    return {
        (table.name, name)
        for table in Base.metadata.tables.values()
        if table.name not in copies.ELSEWHERE
        for name in declared(table)
    }


@pytest.fixture
def page(zo):
    """`page(language)`: the tree of the copy for a reader."""

    def drawn(language="fr"):
        with force_locale(language):
            return html.fromstring(copies.as_page(copies.of(zo), AT))

    return drawn


def rows(fingerprint, table):
    (section,) = (each for each in copies.of(fingerprint) if each.table == table)
    return section.rows


def test_each_declared_column_of_a_person_stands_in_the_json_with_its_title(zo, expected):
    told = json.loads(copies.as_json(copies.of(zo), zo, AT))
    held = {(table, name) for table, all_ in told["tables"].items() for row in all_ for name in row}
    assert held == expected
    titled = {(table, name) for table, said in told["titles"].items() for name in said["columns"]}
    assert titled == expected


def test_each_declared_column_of_a_person_stands_on_the_page_with_its_title(page, expected):
    found = {}
    for section in page().xpath("//section"):
        for code in section.xpath(".//code"):
            title = code.xpath("normalize-space(preceding-sibling::text()[1])").strip(" ,")
            found[section.get("aria-labelledby"), code.text] = title
    assert found.keys() == expected
    assert {name: title for (_, name), title in found.items() if title != COLUMNS[name]} == {}


def test_no_section_of_the_page_is_named_by_its_table(page):
    titles = page().xpath("//section/h3")
    assert [each.text for each in titles if each.text == each.get("id")] == []


def test_the_page_loads_nothing_and_runs_nothing(page):
    tree = page()
    assert tree.xpath("//script | //img | //link | //iframe | //@src") == []
    assert [each for each in tree.xpath("//a/@href") if not each.startswith("#")] == []
    assert "url(" not in tree.findtext(".//style")


def test_the_page_says_in_words_what_is_stored_as_a_code(page):
    text = page().text_content()
    assert "Inscription demandée" in text
    assert "1 mars 2026 à 10:00" in text
    assert "web_form" not in text


def test_the_page_says_who_did_what_and_from_what_in_words(zo):
    request = db.session.scalar(db.select(RightsRequest.id))
    with transaction():
        record("subject", "confirm-mailbox", f"request:{request}")
    text = html.fromstring(copies.as_page(copies.of(zo), AT)).text_content()
    assert "La personne elle-même" in text
    assert "confirme sa boîte" in text
    assert f"demande {request}" in text
    assert "confirm-mailbox" not in text
    assert "user_agent :" not in text


def test_the_page_is_english_for_who_reads_english(page):
    assert page("en").get("lang") == "en"
    assert "Copy of your data" in page("en").text_content()


def test_what_was_sealed_is_told_in_clear(zo):
    assert rows(zo, "consent_event")[0]["sealed"]["address"] == MARKER


def test_a_secret_is_said_to_be_held_and_not_copied(zo):
    assert rows(zo, "subject_key")[0]["key"] == WITHHELD
    assert MARKER in copies.as_json(copies.of(zo), zo, AT)


def test_a_colleague_is_never_named(zo):
    with transaction():
        names = {"heard_by": "Camille Morin", "decided_by": "account:3", "assignee": "account:3"}
        db.session.execute(update(RightsRequest).values(names))
    told = rows(zo, "rights_request")[0]
    assert {told[name] for name in names} == {COLLEAGUE}


def test_what_went_to_another_mailbox_about_the_person_is_masked(zo):
    request = db.session.scalar(db.select(RightsRequest.id))
    with transaction():
        words = {"reference": "DR-2026-0009", "link": "https://secret", "dpo": "dpo@exemple.fr"}
        mail = templates.render("rights/status_link", "autre@ailleurs.fr", "fr", **words)
        outbox.put(mail, origin=f"request:{request}")
    told = copies.as_json(copies.of(zo), zo, AT)
    assert len(rows(zo, "outbox_message")) == db.session.query(OutboxMessage).count()
    assert not any(word in told for word in ("ailleurs.fr", "DR-2026-0009", "https://secret"))


def test_of_a_stranger_nothing_is_told(app):
    assert copies.of("0" * 64) == []
    assert "Nous ne gardons rien" in copies.as_page([], AT)


def test_more_rows_take_no_more_statements(zo):
    def statements():
        counted = []
        event.listen(db.engine, "before_cursor_execute", lambda *_: counted.append(1))
        copies.of(zo)
        return len(counted)

    statements()
    assert statements() <= 3 * len(Base.metadata.tables)
