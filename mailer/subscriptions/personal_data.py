"""What the lists say of a person, and how an address is corrected."""

from sqlalchemy import Table, exists, select, update

from mailer.addresses import Address
from mailer.db import db
from mailer.declarations import addresses, declared, having, tables
from mailer.errors import Conflict
from mailer.personal import Category, Erasure
from mailer.subscriptions import indexing
from mailer.subscriptions.models import MailingList, Subscriber, Subscription

# Which list it is, instead of its number.
NAMED = {
    "list_id": select(MailingList.name)
    .where(MailingList.id == Subscription.list_id)
    .correlate(Subscription)
    .scalar_subquery()
}


def rectify(fingerprint: str, address: Address, new_fingerprint: str) -> int:
    """Use the other address from now on (GDPR art. 16); says how many rows changed.

    By what the columns declare: a request keeps the words in which it was made, and a proof is
    never rewritten. Raises Conflict when the address is somebody's already.
    """
    db.session.flush()
    indexed = indexing.leave(Subscriber.fingerprint == fingerprint)
    changed = sum(
        _correct(table, fingerprint, address, new_fingerprint)
        for table in filter(_is_in_use, tables())
    )
    indexing.come_back(indexed)
    db.session.expire_all()
    return changed


def _is_in_use(table: Table) -> bool:
    """Whether the table's address is written to: the one row of a person, and no record."""
    said = declared(table)
    is_one = any(column.unique for column in having(table, Category.FINGERPRINT))
    return is_one and any(said[c.name].erasure == Erasure.DELETE for c in addresses(table))


def _correct(table: Table, old: str, address: Address, new: str) -> int:
    (known_by,) = having(table, Category.FINGERPRINT)
    if old != new and db.session.scalar(select(exists().where(known_by == new))):
        raise Conflict("address")
    values = {column.name: address.display for column in addresses(table)}
    statement = update(table).where(known_by == old).values({**values, known_by.name: new})
    return db.session.connection().execute(statement).rowcount
