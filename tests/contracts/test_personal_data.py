from mailer.db import Base
from mailer.rights.holdings import ELSEWHERE, HOLDINGS


def test_every_personal_column_lies_in_a_table_that_a_domain_answers_for(app):
    personal = {column.table.name for column in columns() if "personal" in column.info}
    held = {table for holding in HOLDINGS for table in holding.tables}
    assert personal <= held | ELSEWHERE.keys()
    assert not held & ELSEWHERE.keys()


def test_every_table_that_is_answered_for_exists(app):
    held = {table for holding in HOLDINGS for table in holding.tables}
    assert held | ELSEWHERE.keys() <= Base.metadata.tables.keys()


def test_every_column_named_like_a_personal_datum_is_marked(app):
    suspects = {"address", "email", "fingerprint", "recipient", "network"}
    silent = {str(c) for c in columns() if c.name in suspects and "personal" not in c.info}
    assert silent == set()


def columns():
    return [column for table in Base.metadata.tables.values() for column in table.columns]
