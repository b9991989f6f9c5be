"""From the files to what is in them: sheets of people that lie ready, lists, and letters.

parts | by kind: a sheet as it is, people of a document as a sheet for each list | Found
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial

from mailer.move_in import mailchimp, opening
from mailer.move_in.opening import Part
from mailer.move_in.refusals import LeftOut, Refusal, Unusable
from mailer.move_in.shapes import MovedCampaign, MovedList, MovedPerson
from mailer.move_in.systems import System
from mailer.subscriptions.imports import storage, tables
from mailer.subscriptions.imports.columns import MOVED_IN, guess, plain
from mailer.subscriptions.imports.faults import Unreadable
from mailer.subscriptions.imports.storage import Arrived

HEADER = ("email", "fate", "given_at", "network")
PIECE_BYTES = 1 << 20


@dataclass(frozen=True)
class Sheet:
    """A sheet of people that lies ready; the name of its list is empty when nobody says it."""

    name: str
    file: Arrived
    list_name: str = ""


@dataclass
class Found:
    """All that the files hold."""

    sheets: list[Sheet] = field(default_factory=list)
    lists: dict[str, MovedList] = field(default_factory=dict)
    letters: list[MovedCampaign] = field(default_factory=list)
    left_out: list[tuple[str, LeftOut]] = field(default_factory=list)


@contextmanager
def sorted_out(parts: Sequence[Part], system: System) -> Iterator[Found]:
    """What is in them, until the end of the block; raises Unusable, and then nothing was done."""
    found = Found()
    with ExitStack() as kept:
        for part in parts:
            if part.suffix == ".json":
                _document(part, system, found, kept)
            elif part.stem.lower().startswith(system.strangers or ("\0",)):
                found.left_out.append((part.name, LeftOut.NEVER_SIGNED_UP))
            elif part.suffix != ".html":
                _sheet(part, parts, system, found, kept)
        if not (found.sheets or found.lists or found.letters or found.left_out):
            raise Unusable(Refusal.NOTHING, parts[0].name)
        yield found


def _document(part: Part, system: System, found: Found, kept: ExitStack) -> None:
    """People become a sheet for each list, before the next document is read."""
    document = opening.document(part)
    people: defaultdict[str, list[MovedPerson]] = defaultdict(list)
    try:
        for one in system.read(document):
            match one:
                case MovedList():
                    found.lists[one.name] = one
                case MovedCampaign():
                    found.letters.append(one)
                case MovedPerson():
                    people[one.list_name].append(one)
    except (KeyError, TypeError, AttributeError, IndexError):
        raise Unusable(Refusal.SHAPE, part.name) from None
    for name, theirs in people.items():
        file = kept.enter_context(storage.arrived(io.BytesIO(_written(theirs))))
        found.sheets.append(Sheet(f"{part.name}, {name}" if name else part.name, file, name))


def _written(people: Sequence[MovedPerson]) -> bytes:
    text = io.StringIO(newline="")
    sheet = csv.writer(text)
    sheet.writerow(HEADER)
    sheet.writerows((one.address, one.fate, one.given_at, one.network) for one in people)
    return text.getvalue().encode("utf-8", "replace")


def _sheet(
    part: Part, parts: Sequence[Part], system: System, found: Found, kept: ExitStack
) -> None:
    with opening.reading(part) as content:
        file = kept.enter_context(storage.arrived(content))
    header = _header(file, part.name)
    names = {plain(name) for name in header}
    if system.has_sheet_of_letters and names >= mailchimp.CAMPAIGNS:
        _letters(file, parts, found)
    elif guess(header).product in {system.product, MOVED_IN.name}:
        found.sheets.append(Sheet(part.name, file))
    elif len(parts) == 1:
        raise Unusable(Refusal.COLUMNS, part.name)
    else:
        found.left_out.append((part.name, LeftOut.UNKNOWN))


def _header(file: Arrived, name: str) -> list[str]:
    try:
        table = tables.recognise(file.path)
        if table.encoding == "cp1252" and not _is_latin(file):
            raise Unusable(Refusal.ENCODING, name)
        return next(tables.rows(file.path, table), [])
    except Unreadable:
        raise Unusable(Refusal.COLUMNS, name) from None


def _is_latin(file: Arrived) -> bool:
    """Whether every byte is a letter of Windows-1252, which leaves five without one."""
    without = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
    with file.path.open("rb") as content:
        pieces = iter(lambda: content.read(PIECE_BYTES), b"")
        return not any(set(without) & set(piece) for piece in pieces)


def _letters(file: Arrived, parts: Sequence[Part], found: Found) -> None:
    table = tables.recognise(file.path)
    lines = tables.rows(file.path, table)
    names = [plain(name) for name in next(lines)]
    pages = {part.stem.partition("_")[2]: part for part in parts if part.suffix == ".html"}
    for cells in lines:
        row = dict(zip(names, cells, strict=False))
        _letter(row, pages, found)


def _letter(row: Mapping[str, str], pages: Mapping[str, Part], found: Found) -> None:
    title = row.get("title") or row["subject"]
    page = pages.get(mailchimp.slug(title)) or pages.get(mailchimp.slug(row["subject"]))
    if page is None or page.size > opening.LETTER_BYTES:
        found.left_out.append((title, LeftOut.NO_CONTENT))
        return
    letter = mailchimp.campaign(row, partial(opening.text, page, opening.LETTER_BYTES))
    if letter is None:
        found.left_out.append((title, LeftOut.NOT_SENT))
    elif not _is_readable(letter):
        found.left_out.append((title, LeftOut.UNREADABLE))
    else:
        found.letters.append(letter)


def _is_readable(letter: MovedCampaign) -> bool:
    """Whether its words can be had: found out now, for afterwards the people are taken."""
    try:
        letter.content()
    except Unusable:
        return False
    return True
