"""How far the index of addresses reaches; the index itself is in address_index.py."""

from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN
from mailer.subscriptions import index_ddl
from mailer.subscriptions.models import Subscriber

ONLY = 1


class AddressIndex(Base):
    """The one row that says up to which person addresses are indexed, and what was taken out."""

    __tablename__ = "address_index"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    reaches: Mapped[int] = mapped_column(server_default="0", info=PLAIN)
    # Until its pieces are merged, the index still holds what was taken out of it.
    departures: Mapped[int] = mapped_column(server_default="0", info=PLAIN)
    merged: Mapped[int] = mapped_column(server_default="0", info=PLAIN)


index_ddl.install(Subscriber, AddressIndex)
