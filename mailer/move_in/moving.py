"""Moving in, in order: look at every file first, then take lists, people and letters.

opening.parts | sorting_out | lists | taking (people) | archiving (letters) | report
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailer.db import transaction
from mailer.errors import Invalid
from mailer.move_in import lists, opening, taking
from mailer.move_in.refusals import LeftOut
from mailer.move_in.report import Report
from mailer.move_in.sorting_out import Found, Sheet, sorted_out
from mailer.move_in.systems import System
from mailer.move_in.taking import Tell
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.models import MailingList


@dataclass(frozen=True)
class Order:
    """From where, of what origin, and into which list what names none goes."""

    system: System
    origin: Origin
    list_name: str = ""

    @property
    def actor(self) -> str:
        return f"cli:{self.origin.answerable}"


def look(paths: Sequence[Path], order: Order) -> Report:
    """What is in the files; nothing is written. Raises Unusable, or Invalid without a list."""
    with sorted_out(opening.parts(paths), order.system) as found:
        report = Report(left_out=found.left_out)
        for sheet, name in _named(found.sheets, order):
            report.people.append(taking.look(sheet, order.origin, name))
        return report


def move(paths: Sequence[Path], order: Order, tell: Tell) -> Report:
    """Take what is in the files; run twice, it adds nothing. Raises as look() does."""
    with sorted_out(opening.parts(paths), order.system) as found:
        report = Report(left_out=found.left_out)
        for sheet, name in list(_named(found.sheets, order)):
            into = _list(name, found, order, report)
            if into is None:
                found.left_out.append((sheet.name, LeftOut.PRIVATE_LIST))
            else:
                report.people.append(taking.take(sheet, into, order.origin, tell))
        return report


def _named(sheets: Iterable[Sheet], order: Order) -> list[tuple[Sheet, str]]:
    """Each with the name of its list: the one that was asked for outweighs what is said there."""
    named = [(sheet, order.list_name or sheet.list_name) for sheet in sheets]
    if not all(name for _, name in named):
        raise Invalid("list")
    return named


def _list(name: str, found: Found, order: Order, report: Report) -> MailingList | None:
    if row := lists.known(name):
        return row
    if name != order.list_name and not lists.may_be_made(name, found.lists):
        return None
    with transaction():
        made = lists.make(name, found.lists, order.system.product, order.actor)
        report.lists_made.append(made.name)
    return made
