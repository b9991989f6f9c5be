"""Which rows have outlived their time: the same question for what goes and for what would go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, exists, func, select

from mailer import rulebook
from mailer.db import Base, db
from mailer.retention.schedule import RULES, Rule, Then, cutoff
from mailer.rights import erasure
from mailer.rulebook import Figure


@dataclass(frozen=True)
class Overdue:
    """How many rows the rule would end now, since which limit, and by which figure of the law."""

    rule: Rule
    figure: Figure
    limit: datetime
    number: int


def overdue(at: datetime) -> Iterator[Overdue]:
    """Each rule with its count, in the order of the purge; nothing is changed."""
    figures = rulebook.load().figures
    for rule in RULES:
        limit = cutoff(rule.keep, figures, at)
        yield Overdue(rule, getattr(figures, rule.keep), limit, count(rule, limit))


def count(rule: Rule, limit: datetime) -> int:
    """How many rows of the rule's table are over at that limit."""
    table = Base.metadata.tables[rule.table]
    over = select(func.count()).select_from(table).where(is_over(rule, table, limit))
    return db.session.scalar(over) or 0


def is_over(rule: Rule, table: Table, limit: datetime) -> ColumnElement[bool]:
    """Whether a row's time is over and nothing needs it any more."""
    conditions = [table.c[rule.since] < limit]
    conditions += [table.c[column] == value for column, value in rule.only]
    if rule.then == Then.DETACH:
        conditions.append(table.c[rule.detached].is_not(None))
    if rule.then == Then.EMPTY:
        conditions.append(erasure.is_filled(table))
    for link in rule.held_by:
        holder = Base.metadata.tables[link.table].alias()
        conditions.append(~exists().where(holder.c[link.column] == table.c[link.own]))
    if rule.newest_by:
        newer = table.alias()
        same = newer.c[rule.newest_by] == table.c[rule.newest_by]
        conditions.append(~exists().where(same, newer.c[rule.since] >= limit))
    return and_(*conditions)
