"""Finding people by the beginning of their address, or by a part of it.

On SQLite the parts are indexed behind the pages: who came since is found by reading them. Who goes
leaves the index at once; a job then merges its pieces, so that nothing of them stays in it.
"""

from sqlalchemy import ColumnElement, Select, column, func, select, table, true, union_all

from mailer.db import db
from mailer.subscriptions.index_ddl import TRIGRAMS
from mailer.subscriptions.index_models import AddressIndex
from mailer.subscriptions.models import Subscriber

# The fewest letters that the index knows.
LETTERS = 3
# No text that begins with another comes after that one and this.
LAST = "\U0010ffff"
GRAMS = table(TRIGRAMS, column("rowid"), column(TRIGRAMS))


def folded() -> ColumnElement[str]:
    """The address without regard to capitals, in the order of the index of beginnings."""
    if is_apart():
        return Subscriber.address.collate("NOCASE")
    return func.lower(Subscriber.address).collate("C")


def begins(prefix: str) -> ColumnElement[bool]:
    """Whether the address begins so."""
    return folded().between(prefix, prefix + LAST)


def containing(part: str, before: int | None, most: int) -> Select[int]:
    """The numbers of the newest people whose address has the part, of those before that number."""
    has = func.lower(Subscriber.address).contains(part, autoescape=True)
    earlier = true() if before is None else Subscriber.id < before
    found = select(Subscriber.id).where(has, earlier).order_by(Subscriber.id.desc()).limit(most)
    if not is_apart() or len(part) < LETTERS:
        return found
    # Who came since the index was last filled, then who is in it.
    reach = select(AddressIndex.reaches).scalar_subquery()
    late = found.where(Subscriber.id > func.coalesce(reach, 0))
    both = union_all(
        late.subquery().select(), _indexed(part, before, has, most).subquery().select()
    )
    numbers = both.subquery()
    return select(numbers.c.id)


def _indexed(part: str, before: int | None, has: ColumnElement[bool], most: int) -> Select[int]:
    """The same, of the people whose every three letters are indexed."""
    threes = {part[n : n + LETTERS] for n in range(len(part) - LETTERS + 1)}
    asked = " AND ".join('"' + each.replace('"', '""') + '"' for each in sorted(threes))
    rowid = GRAMS.c.rowid
    earlier = true() if before is None else rowid < before
    return (
        select(Subscriber.id)
        .select_from(GRAMS)
        .join(Subscriber, Subscriber.id == rowid)
        .where(GRAMS.c[TRIGRAMS].op("MATCH")(asked), has, earlier)
        .order_by(rowid.desc())
        .limit(most)
    )


def is_apart() -> bool:
    """Whether the parts are indexed by ourselves, and not by the database as rows come and go."""
    return db.engine.dialect.name == "sqlite"
