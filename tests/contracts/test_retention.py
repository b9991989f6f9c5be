from dataclasses import fields

from mailer.db import Base
from mailer.retention.schedule import KEPT, RULES
from mailer.rulebook import Figures


def test_every_table_has_a_rule_or_a_reason_to_stay(app):
    ruled = {rule.table for rule in RULES}
    assert ruled | KEPT.keys() == Base.metadata.tables.keys()
    assert not ruled & KEPT.keys()
    assert all(KEPT.values())


def test_every_rule_speaks_of_columns_that_exist(app):
    for rule in RULES:
        columns = Base.metadata.tables[rule.table].columns.keys()
        named = {rule.since, *(name for name, _ in rule.only), rule.newest_by, rule.detached} - {""}
        assert named <= set(columns)
        for link in rule.held_by:
            assert link.column in Base.metadata.tables[link.table].columns
            assert link.own in columns


def test_every_duration_stands_in_the_rulebook():
    assert {rule.keep for rule in RULES} <= {field.name for field in fields(Figures)}
