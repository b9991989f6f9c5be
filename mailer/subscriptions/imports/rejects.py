"""The rows that were set aside, on disk in the order of the file, however many."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Protocol

from mailer import sheets
from mailer.subscriptions.imports import storage, words
from mailer.subscriptions.imports.faults import Fault, Flaw


class Sink(Protocol):
    """Takes one fault after the other."""

    def __call__(self, fault: Fault, /) -> None: ...


@contextmanager
def writing(import_id: int) -> Iterator[Sink]:
    """Takes the faults of the import; what was there before is gone."""
    with storage.create(storage.rejects(import_id)) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        rows = csv.writer(text)
        # A cell may hold half of a pair of surrogates, which no file can (UTF-16 misread).
        yield lambda fault: rows.writerow((fault.line, fault.flaw.value, _writable(fault.cell)))
        text.flush()


def _writable(cell: str) -> str:
    return cell.encode("utf-8", "replace").decode()


def read(import_id: int, skip: int = 0, most: int | None = None) -> Iterator[Fault]:
    """The faults of the import, from one on; none once the file is gone."""
    path = storage.rejects(import_id)
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        stop = None if most is None else skip + most
        for line, flaw, cell in islice(csv.reader(file), skip, stop):
            yield Fault(int(line), Flaw(flaw), cell)


def sheet(import_id: int) -> Iterator[str]:
    """The same as a sheet in the reader's language, with the cure of each; safe to open."""
    yield sheets.MARK + sheets.line(words.titles())
    for fault in read(import_id):
        yield sheets.line((fault.line, fault.cell, *words.explain(fault)))
