"""Moving in, in order: look at every file first, then take lists, people and letters.

opening.parts | sorting_out | lists | taking (people) | archiving (letters) | report
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from mailer.db import transaction
from mailer.errors import Invalid
from mailer.move_in import archiving, lists, opening, taking
from mailer.move_in.report import Report
from mailer.move_in.shapes import MovedCampaign
from mailer.move_in.sorting_out import Found, Sheet, sorted_out
from mailer.move_in.systems import System
from mailer.move_in.taking import Tell
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.models import MailingList

Item = TypeVar("Item", Sheet, MovedCampaign)


@dataclass(frozen=True)
class Order:
    """From where, of what origin, and into which list what names none goes."""

    system: System
    origin: Origin
    list_name: str = ""
    # Whether letters may go where everybody reads them.
    publishes: bool = False

    @property
    def actor(self) -> str:
        return f"cli:{self.origin.answerable}"


def look(paths: Sequence[Path], order: Order) -> Report:
    """What is in the files; nothing is written. Raises Unusable, or Invalid without a list."""
    with sorted_out(opening.parts(paths), order.system) as found:
        report = Report(left_out=found.left_out)
        for sheet, name in _named(found.sheets, order):
            report.people.append(taking.look(sheet, order.origin, name))
        report.letters["found"] = len(_named(found.letters, order))
        return report


def move(paths: Sequence[Path], order: Order, tell: Tell) -> Report:
    """Take what is in the files; run twice, it adds nothing. Raises as look() does."""
    with sorted_out(opening.parts(paths), order.system) as found:
        report = Report(left_out=found.left_out)
        letters = _named(found.letters, order)
        for sheet, name in _named(found.sheets, order):
            into = _list(name, found, order, report)
            report.people.append(taking.take(sheet, into, order.origin, tell))
        for letter, name in letters:
            into = _list(name, found, order, report)
            report.letters[_kept(letter, into, order)] += 1
        return report


def _kept(letter: MovedCampaign, into: MailingList, order: Order) -> str:
    product, for_all = order.system.product, order.publishes
    return archiving.archive(letter, into, product, order.actor, for_all=for_all).value


def _named(found: Iterable[Item], order: Order) -> list[tuple[Item, str]]:
    """Each with the name of its list: the one that was asked for outweighs what is said there."""
    named = [(each, order.list_name or each.list_name) for each in found]
    if not all(name for _, name in named):
        raise Invalid("list")
    return named


def _list(name: str, found: Found, order: Order, report: Report) -> MailingList:
    if row := lists.known(name):
        return row
    with transaction():
        made = lists.make(name, found.lists, order.system.product, order.actor)
        report.lists_made.append(made.name)
    return made
