"""Reading keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from mailer.accounts.keys import secret
from mailer.accounts.keys.models import ApiKey
from mailer.accounts.keys.scopes import Scope, lacking, usable
from mailer.accounts.models import Account
from mailer.db import db
from mailer.errors import NotFound

# How the audit record calls a key, before its number.
ACTOR = "key:"


@dataclass(frozen=True)
class Held:
    """The key that a request was made with, and who answers for it."""

    id: int
    scopes: frozenset[Scope]
    account_id: int
    last_used_at: datetime | None

    @property
    def actor(self) -> str:
        """Its name in the audit record."""
        return f"{ACTOR}{self.id}"


@dataclass(frozen=True)
class Listed:
    """A key as the desk lists it, with who made it, and what counts for nothing by now."""

    key: ApiKey
    maker: str
    lost: Sequence[Scope]


def find(given: str, at: datetime) -> Held | None:
    """The key that this secret opens now; None once it expired, or its maker has left."""
    if not secret.is_one(given):
        return None
    opened = ApiKey.secret_hash == secret.digest(given)
    found = select(ApiKey, Account).join(Account, Account.id == ApiKey.created_by)
    is_open = (ApiKey.expires_at > at, Account.closed_at.is_(None))
    row = db.session.execute(found.where(opened, *is_open)).first()
    if row is None:
        return None
    key, maker = row
    return Held(key.id, usable(key.may, maker.roles), maker.id, key.last_used_at)


def key(key_id: int) -> ApiKey:
    """The key of that number; raises NotFound."""
    found = db.session.get(ApiKey, key_id)
    if found is None:
        raise NotFound("key")
    return found


def every() -> Sequence[Listed]:
    """Every key that is remembered, the newest first."""
    found = select(ApiKey, Account).join(Account, Account.id == ApiKey.created_by)
    rows = db.session.execute(found.order_by(ApiKey.id.desc()))
    return [Listed(key, maker.name, lacking(key.may, maker.roles)) for key, maker in rows]
