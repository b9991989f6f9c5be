"""Keys are made, used and ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from mailer.accounts import queries as accounts
from mailer.accounts.keys import queries, secret
from mailer.accounts.keys.models import ApiKey
from mailer.accounts.keys.queries import Held
from mailer.accounts.keys.scopes import Scope, lacking
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import Invalid

# A key that nobody renews is one that nobody watches (ASVS 5.0, 6.1.1 and 13.3.4).
LONGEST = timedelta(days=366)
# Its last use is noted once in so long, not with each request.
MARK_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class KeyData:
    """What the key is called, what it may do, and until when."""

    name: str
    scopes: Collection[Scope]
    expires_at: datetime


@dataclass(frozen=True)
class Made:
    """A new key, and the secret that is shown once."""

    key: ApiKey
    secret: str


def create(data: KeyData, account_id: int, actor: str, at: datetime) -> Made:
    """A key in the name of that account; its secret is never to be had again.

    Raises Invalid: `scopes` without any, `roles` for those that the account may not use at the
    desk itself, `expiry` for a day that is past or too far.
    """
    if not data.scopes:
        raise Invalid("scopes")
    if lacking(data.scopes, accounts.must(account_id).roles):
        raise Invalid("roles")
    if not at < data.expires_at <= at + LONGEST:
        raise Invalid("expiry")
    opens = secret.new()
    made = ApiKey(
        name=data.name,
        secret_hash=secret.digest(opens),
        beginning=opens[: secret.SHOWN],
        scopes=" ".join(sorted(set(data.scopes))),
        created_by=account_id,
        created_at=at,
        expires_at=data.expires_at,
    )
    db.session.add(made)
    db.session.flush()
    record(actor, "create", f"key:{made.id}")
    return Made(made, opens)


def revoke(key_id: int, actor: str, at: datetime) -> ApiKey:
    """Let the key open nothing from now on; once more changes nothing."""
    key = queries.key(key_id)
    if key.expires_at > at:
        key.expires_at = key.revoked_at = at
        record(actor, "revoke", f"key:{key_id}")
        db.session.flush()
    return key


def mark_used(held: Held, at: datetime) -> None:
    """Note that the key is used."""
    if held.last_used_at is None or at - held.last_used_at > MARK_EVERY:
        used = update(ApiKey).where(ApiKey.id == held.id).values(last_used_at=at)
        db.session.execute(used)
