"""What the first page of the desk says of the day; the page itself is the accounts' own."""

from dataclasses import dataclass

from flask import g

from mailer.accounts.roles import Role
from mailer.clock import now
from mailer.overview import first_run, work
from mailer.overview.blueprint import bp
from mailer.overview.lines import Task, Work, left


@dataclass(frozen=True)
class Day:
    """What the reader's roles have to do, and the first steps that are left to be taken."""

    works: list[Work]
    tasks: list[Task]
    left: int


@bp.app_context_processor
def offered() -> dict[str, object]:
    """Let the first page ask for it; no other page pays for it."""
    return {"day_of": _day}


def _day() -> Day:
    tasks = first_run.tasks() if Role.ADMIN in g.roles else ()
    return Day(work.of(g.roles, now()), list(tasks), left(tasks))
