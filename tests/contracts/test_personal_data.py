"""Every column says what it holds of a person, and what it says can be carried out."""

from dataclasses import fields

import pytest
from sqlalchemy import JSON, Column, Integer, LargeBinary, MetaData, String, Table

from mailer.db import Base
from mailer.declarations import declared, tables
from mailer.personal import PLAIN, Category, Erasure, Personal, Purpose, personal
from mailer.register import vocabulary
from mailer.register.columns import COLUMNS
from mailer.retention.schedule import KEPT, RULES
from mailer.rights.holdings import CALLED, ELSEWHERE, People, belongs
from mailer.rulebook import Figures

# A lapse and the end of an account follow no rule of one table.
ELSEWHERE_ENDED = {"prospect_months"}
FIGURES = {field.name for field in fields(Figures)}


def faults(columns):
    """What is wrong with the declarations of these columns, in words."""
    for column in columns:
        said = column.info.get("personal", "nothing")
        if said is not None and not isinstance(said, Personal):
            yield f"{column} declares nothing"
        elif said and said.keep not in FIGURES:
            yield f"{column} is kept for {said.keep}, which is no figure of the rulebook"
        elif said and said.erasure == Erasure.EMPTY and not can_be_emptied(column):
            yield f"{column} cannot be emptied"


def can_be_emptied(column):
    return column.nullable or isinstance(column.type, String | JSON | LargeBinary)


def columns():
    return [column for table in Base.metadata.tables.values() for column in table.columns]


def planted(**info):
    return Table("planted", MetaData(), Column("id", Integer, **info)).columns


def test_every_column_declares_what_it_holds(app):
    assert list(faults(columns())) == []


def test_a_column_that_was_forgotten_is_named():
    assert list(faults(planted())) == ["planted.id declares nothing"]


def test_a_word_instead_of_a_declaration_is_named():
    assert list(faults(planted(info={"personal": "email"}))) == ["planted.id declares nothing"]


def test_a_duration_that_the_rulebook_does_not_know_is_named():
    said = personal(Category.EMAIL, Purpose.RIGHTS, "for_ever", Erasure.DELETE)
    (fault,) = faults(planted(info=said))
    assert "no figure of the rulebook" in fault


def test_a_column_that_cannot_be_emptied_may_not_say_so():
    said = personal(Category.HISTORY, Purpose.RIGHTS, "logs_months", Erasure.EMPTY)
    assert list(faults(planted(info=said, nullable=False))) == ["planted.id cannot be emptied"]


def test_a_plain_column_is_a_declaration_too():
    assert list(faults(planted(info=PLAIN))) == []


def test_a_row_that_goes_goes_whole(app):
    for table in tables():
        ways = {word.erasure for word in declared(table).values()}
        assert Erasure.DELETE not in ways or ways == {Erasure.DELETE}, table.name


def test_nothing_that_says_who_a_person_is_survives_erasure(app):
    clear = {Category.EMAIL, Category.NAME, Category.MESSAGE, Category.NOTE, Category.SECRET}
    kept = {
        f"{table.name}.{name}"
        for table in tables()
        if table.name not in ELSEWHERE
        for name, word in declared(table).items()
        if word.erasure == Erasure.KEEP and word.category in clear
    }
    assert kept == set()


def test_whose_each_personal_row_is_can_be_told(app):
    nobody = People(frozenset(), frozenset())
    lost = {
        table.name
        for table in tables()
        if table.name not in ELSEWHERE
        and "IN" not in (said := str(belongs(table, nobody)))
        and " = " not in said
    }
    assert lost == set()


def test_what_is_found_otherwise_is_personal_and_exists(app):
    held = {table.name for table in tables()}
    assert ELSEWHERE.keys() <= held
    assert CALLED.keys() <= held


def test_every_column_named_like_a_personal_datum_is_declared_so(app):
    suspects = {"address", "email", "fingerprint", "recipient", "network", "user_agent"}
    silent = {str(c) for c in columns() if c.name in suspects and not c.info["personal"]}
    assert silent == set()


def test_a_column_is_kept_as_long_as_the_purge_keeps_its_row(app):
    ruled = {}
    for rule in RULES:
        ruled.setdefault(rule.table, set()).add(rule.keep)
    for table in tables():
        if table.name in KEPT:
            continue
        said = {word.keep for word in declared(table).values()}
        assert said & (ruled[table.name] | ELSEWHERE_ENDED), table.name


def test_every_personal_table_has_a_title_for_the_reader(app):
    assert {table.name for table in tables()} <= vocabulary.TABLES.keys()


def test_every_personal_column_has_a_title_for_the_reader(app):
    names = {name for table in tables() for name in declared(table)}
    assert names - COLUMNS.keys() == set()


def test_every_kind_of_data_and_every_purpose_has_words():
    assert vocabulary.CATEGORIES.keys() == set(Category)
    assert vocabulary.PURPOSES.keys() == set(Purpose)


def test_what_a_table_declares_is_read_once_and_changed_by_nobody():
    for table in tables():
        assert declared(table) is declared(table)
        with pytest.raises(TypeError):
            declared(table)["more"] = None
