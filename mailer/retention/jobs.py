"""The purge: what the schedule says, one transaction per rule."""

from datetime import datetime

from sqlalchemy import ColumnElement, Delete, Table, Update, and_, delete, exists, update
from structlog import get_logger

from mailer import rulebook
from mailer.clock import now
from mailer.db import Base, db, transaction
from mailer.retention.schedule import RULES, Rule, Then, cutoff

log = get_logger()


def purge() -> None:
    """End what has outlived its time; run twice, it finds nothing more."""
    at = now()
    for rule in RULES:
        with transaction():
            ended = db.session.connection().execute(statement(rule, at)).rowcount
        if ended:
            log.info("retention.purged", table=rule.table, rule=rule.keep, rows=ended)


def statement(rule: Rule, at: datetime) -> Delete | Update:
    """The one statement that carries out the rule at that instant."""
    table = Base.metadata.tables[rule.table]
    over = is_over(rule, table, cutoff(rule.keep, rulebook.load().figures, at))
    if rule.then == Then.DELETE:
        return delete(table).where(over)
    column = table.c[rule.detached]
    return update(table).where(over, column.is_not(None)).values({column: None})


def is_over(rule: Rule, table: Table, limit: datetime) -> ColumnElement[bool]:
    """Whether a row's time is over and nothing needs it any more."""
    conditions = [table.c[rule.since] < limit]
    conditions += [table.c[column] == value for column, value in rule.only]
    for link in rule.held_by:
        holder = Base.metadata.tables[link.table].alias()
        conditions.append(~exists().where(holder.c[link.column] == table.c[link.own]))
    if rule.newest_by:
        newer = table.alias()
        same = newer.c[rule.newest_by] == table.c[rule.newest_by]
        conditions.append(~exists().where(same, newer.c[rule.since] >= limit))
    return and_(*conditions)
