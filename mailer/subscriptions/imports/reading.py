"""From the file to the addresses that wait: read, judge, sort, put, a chunk at a time.

tables.rows | judging.judge | faults to the rejects | sorting.in_order | staging.put
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice

from mailer.addresses import Address
from mailer.subscriptions.imports import rejects, sorting, storage, tables
from mailer.subscriptions.imports.faults import Fault, Trouble, Unreadable
from mailer.subscriptions.imports.judging import Entry, Rules, judge
from mailer.subscriptions.imports.rejects import Sink
from mailer.subscriptions.imports.staging import Row
from mailer.subscriptions.imports.tables import Table

CHUNK_ROWS = 5_000
LOOKED_UP_AT_ONCE = 500
# As many digits as any number of a line, so that they sort as text.
LAST_LINE = 10**12
# As SQLAlchemy keeps an instant in SQLite.
STORED = "%Y-%m-%d %H:%M:%S.%f"
FAULTY, TWICE, LINES = "faulty", "twice", "lines"


@dataclass
class Reading:
    """One reading of a file; `counts` says what was found so far."""

    import_id: int
    known_as: Callable[[Sequence[Address]], list[str]]
    most_rows: int
    tell: Callable[[int], None]
    counts: Counter[str] = field(default_factory=Counter)

    def chunks(self, table: Table, rules: Rules) -> Iterator[list[Row]]:
        """The addresses, each once, in the order of their fingerprints; faults go to a file."""
        with rejects.writing(self.import_id) as set_aside:
            lines = self._lines(judge(self._rows(table), rules), set_aside)
            rows = self._once(sorting.in_order(lines, storage.folder()))
            while chunk := list(islice(rows, CHUNK_ROWS)):
                yield chunk

    def _rows(self, table: Table) -> Iterator[list[str]]:
        path = storage.table(self.import_id)
        if not path.exists():
            raise Unreadable(Trouble.GONE)
        for number, row in enumerate(islice(tables.rows(path, table), 1, None), start=1):
            if number > self.most_rows:
                raise Unreadable(Trouble.TOO_MANY_ROWS, number)
            if number % CHUNK_ROWS == 0:
                self.tell(number)
            yield row

    def _lines(self, judged: Iterable[Entry | Fault], set_aside: Sink) -> Iterator[str]:
        entries = self._entries(judged, set_aside)
        while some := list(islice(entries, LOOKED_UP_AT_ONCE)):
            yield from map(_line, some, self.known_as([entry.address for entry in some]))

    def _entries(self, judged: Iterable[Entry | Fault], set_aside: Sink) -> Iterator[Entry]:
        for one in judged:
            self.counts[LINES] += 1
            if isinstance(one, Entry):
                yield one
            else:
                self.counts[FAULTY] += 1
                set_aside(one)

    def _once(self, lines: Iterable[str]) -> Iterator[Row]:
        for who, same in groupby((line.split("\t") for line in lines), key=_fingerprint):
            first, *others = same
            self.counts[TWICE] += len(others)
            _, _, address, language, fate, given, network = first
            yield self.import_id, who, address, language, fate, given or None, network


def _line(entry: Entry, who: str) -> str:
    # By line within a fingerprint: of two rows for one person, the later knows better.
    place = str(LAST_LINE - entry.line)
    given = f"{entry.given_at:{STORED}}" if entry.given_at else ""
    cells = (who, place, entry.address.display, entry.language, entry.fate, given, entry.network)
    return "\t".join(cells)


def _fingerprint(cells: list[str]) -> str:
    return cells[0]
