"""What the worker does for the subscribers' pages by itself."""

from collections.abc import Callable

from mailer.clock import now
from mailer.db import transaction
from mailer.subscriptions import closing, growth, indexing
from mailer.subscriptions.address_index import is_apart
from mailer.subscriptions.indexing import PAGES

# Nobody's sign-up waits for more than so many.
LINES = 500


def count_growth() -> None:
    """Count each day that is over for every list, one transaction a day."""
    at = now()
    while day := growth.next_day(at):
        with transaction():
            growth.count(day, at)
            if not growth.is_counted(day):
                return


def end_closed_lists() -> None:
    """End the lines of the lists that can no longer be reopened, some in each transaction."""
    with transaction():
        lists = closing.over(now())
    for list_id in lists:
        while _end_some(list_id):
            continue


def _end_some(list_id: int) -> int:
    with transaction():
        return closing.end_some(list_id, LINES, now())


def index_addresses() -> None:
    """Index the addresses that came, and merge away what was taken out."""
    if not is_apart():
        return
    while _turn(indexing.add):
        continue
    with transaction():
        row = indexing.only()
        departures, merged = row.departures, row.merged
    if departures != merged:
        _merge_all(departures)


def _merge_all(departures: int) -> None:
    """Short transactions: nobody's sign-up waits for more than one of them."""
    more = _turn(lambda: indexing.merge(-PAGES))
    while more:
        more = _turn(lambda: indexing.merge(PAGES))
    with transaction():
        indexing.only().merged = departures


def _turn(step: Callable[[], bool]) -> bool:
    with transaction():
        return step()
