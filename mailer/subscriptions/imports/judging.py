"""One row of a file: an address to take, or what is the matter with it."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from mailer.addresses import Address
from mailer.errors import Invalid
from mailer.networks import network_of
from mailer.subscriptions.imports.columns import ANY, Fate, Fates, Layout, Role, also, fates, plain
from mailer.subscriptions.imports.faults import LONGEST_CELL, MOST_COLUMNS, Fault, Flaw
from mailer.subscriptions.imports.instants import instant
from mailer.subscriptions.imports.mailboxes import Mailboxes

# What a cell may be wrapped in by the program that wrote it; never part of an address.
WRAPPING = " \t\r\n\u00a0\u202f\ufeff'\"<>"
# Cc and Cf hold what is not seen: zero characters, and marks that turn the direction of reading.
UNSEEN = frozenset({"Cc", "Cf"})
MISREAD = "\ufffd"


class Entry(NamedTuple):
    """A row that can be taken."""

    line: int
    address: Address
    language: str
    fate: Fate
    given_at: datetime | None = None
    network: str = ""


@dataclass(frozen=True)
class Rules:
    """The columns of one file: where the address stands, and what each status asks."""

    width: int
    email: int
    language: int | None
    statuses: tuple[tuple[int, Fates], ...]
    languages: frozenset[str]
    default_language: str
    given: int | None = None
    network: int | None = None
    also: tuple[int, ...] = ()


def rules(
    layout: Layout, header: Sequence[str], languages: Iterable[str], default_language: str
) -> Rules:
    """The rules for that layout of those columns."""
    wanted, places = also(layout), {plain(name): n for n, name in enumerate(header)}
    return Rules(
        width=max(len(header), 1),
        email=layout.roles.index(Role.EMAIL),
        language=_place(layout, Role.LANGUAGE),
        statuses=tuple(
            (n, fates(layout, header[n]))
            for n, role in enumerate(layout.roles)
            if role == Role.STATUS
        ),
        languages=frozenset(languages),
        default_language=default_language,
        given=_place(layout, Role.GIVEN) if set(wanted) <= set(places) else None,
        network=_place(layout, Role.NETWORK),
        also=tuple(places[name] for name in wanted if name in places),
    )


def _place(layout: Layout, role: Role) -> int | None:
    return layout.roles.index(role) if role in layout.roles else None


def judge(rows: Iterable[Sequence[str]], rule: Rules) -> Iterator[Entry | Fault]:
    """Each row after the header, numbered as a spreadsheet would; empty rows count for nothing."""
    mailboxes = Mailboxes()
    for line, cells in enumerate(rows, start=2):
        if any(cells):
            yield _judge(line, cells, rule, mailboxes)


def _judge(line: int, cells: Sequence[str], rule: Rules, mailboxes: Mailboxes) -> Entry | Fault:
    if len(cells) > MOST_COLUMNS:
        return Fault(line, Flaw.MANY_COLUMNS, "")
    if max(map(len, cells)) > LONGEST_CELL:
        return Fault(line, Flaw.LONG_CELL, max(cells, key=len)[:80])
    typed = cells[rule.email].strip(WRAPPING) if rule.email < len(cells) else ""
    fate = Fate.TAKE
    for place, meanings in rule.statuses:
        if found := _fate(cells[place] if place < len(cells) else "", meanings):
            fate = found if found != Fate.TAKE else fate
        else:
            return Fault(line, Flaw.STATUS, cells[place])
    if MISREAD in typed:
        return Fault(line, Flaw.MISREAD, typed)
    try:
        address = mailboxes.parse(typed)
    except Invalid:
        return Fault(line, flaw(typed), typed)
    is_whole = all(_cell(cells, place) for place in rule.also)
    given = instant(_cell(cells, rule.given)) if is_whole else None
    network = network_of(_cell(cells, rule.network)) if given else ""
    return Entry(line, address, _language(cells, rule), fate, given, network)


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place].strip(WRAPPING) if place is not None and place < len(cells) else ""


def _fate(cell: str, meanings: Fates) -> Fate | None:
    word = cell.strip(WRAPPING).casefold()
    return meanings.get(word) or (meanings.get(ANY) if word else Fate.TAKE)


def _language(cells: Sequence[str], rule: Rules) -> str:
    named = _cell(cells, rule.language)[:2].lower()
    return named if named in rule.languages else rule.default_language


def flaw(typed: str) -> Flaw:
    """What is the matter with an address that cannot be one."""
    local, _, domain = typed.rpartition("@")
    signs = (
        (Flaw.EMPTY, not typed),
        (Flaw.MISREAD, MISREAD in typed),
        (Flaw.HIDDEN, any(unicodedata.category(sign) in UNSEEN for sign in typed)),
        (Flaw.NO_AT, "@" not in typed),
        (Flaw.SEVERAL_AT, typed.count("@") > 1),
        (Flaw.SPACE, any(sign.isspace() for sign in typed)),
        (Flaw.NO_NAME, not local),
        (Flaw.NO_DOT, "." not in domain.strip(".")),
    )
    return next((flaw for flaw, holds in signs if holds), Flaw.ADDRESS)
