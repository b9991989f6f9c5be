"""An address corrected wherever it is used, by the columns' declarations (GDPR art. 16).

Only what is used from now on changes: a request keeps the words in which it was made, and a proof
is never rewritten.
"""

from sqlalchemy import Table, exists, select, update

from mailer.addresses import Address
from mailer.db import db
from mailer.declarations import addresses, declared, having, tables
from mailer.errors import Conflict
from mailer.personal import Category, Erasure
from mailer.rights.holdings import belongs, person


def rectify(fingerprint: str, address: Address, new_fingerprint: str) -> int:
    """Use the other address from now on; says how many rows. Conflict when it is somebody's."""
    someone = person(fingerprint)
    changed = 0
    for table in filter(_is_in_use, tables()):
        if new_fingerprint != fingerprint and _is_taken(table, new_fingerprint):
            raise Conflict("address")
        values = {column.name: address.display for column in addresses(table)}
        values |= {column.name: new_fingerprint for column in having(table, Category.FINGERPRINT)}
        statement = update(table).where(belongs(table, someone)).values(values)
        changed += db.session.connection().execute(statement).rowcount
    db.session.expire_all()
    return changed


def _is_in_use(table: Table) -> bool:
    """Whether the table's address is written to: the one row of a person, and no record."""
    said = declared(table)
    is_one = any(column.unique for column in having(table, Category.FINGERPRINT))
    return is_one and any(said[c.name].erasure == Erasure.DELETE for c in addresses(table))


def _is_taken(table: Table, fingerprint: str) -> bool:
    prints = [column == fingerprint for column in having(table, Category.FINGERPRINT)]
    return bool(db.session.scalar(select(exists().where(*prints))))
