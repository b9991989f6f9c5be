"""Load the demonstration, once: all of it or, when something fails, nothing."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete

from mailer import links
from mailer.accounts import operations as accounts
from mailer.accounts.models import Account
from mailer.accounts.queries import actor_of
from mailer.clock import now
from mailer.db import db, transaction
from mailer.demo import (
    breaches,
    campaigns,
    letters,
    newcomers,
    readers,
    requests,
    returns,
    sources,
)
from mailer.demo.day import first_day
from mailer.demo.people import ACCOUNTS, PASSPHRASE
from mailer.mail.models import OutboxMessage
from mailer.newsletters.operations import series_of
from mailer.subscriptions.embedding import operations as embedding
from mailer.subscriptions.embedding import origins

# The readers who exercise a right: some of those who have been there for long.
WHO_ASK = slice(100, 107)


def once() -> Iterator[str]:
    """Load what is not loaded yet, one line of progress for each step."""
    if first_day():
        yield _kept()
        return
    at = now()
    with transaction():
        yield "Accounts…"
        editor = _accounts(at)
        yield f"Readers: {readers.READERS}, over 24 weeks…"
        lists = readers.load_lists()
        # The fictional site is ours: it may show the form of the first list.
        embedding.declare(lists[0].id, [origins.parse(links.absolute(""))], actor_of(editor.id))
        grown = readers.load(lists, at)
        yield "Requests and incidents…"
        requests.load([reader.person for reader in grown[WHO_ASK]], at)
        breaches.load(at)
        yield "Articles and letters…"
        newcomers.load(lists[1], at, editor.id)
        actor = actor_of(editor.id)
        written = letters.load(series_of(lists[0]), sources.load(at, actor), at, actor)
        yield "Campaigns…"
        campaigns.load(written.sent, editor.id)
        returns.load()
        # What was written then was read then: nothing of the past leaves today.
        db.session.execute(delete(OutboxMessage))


def _kept() -> str:
    before, here = sources.site(), links.absolute("")
    if before in {None, here}:
        return "Data: kept from the last time"
    return (
        f"Data: kept from the last time, when it answered at {before}: the articles, and the"
        " letters of before, lead there. Take that port again, or remove the folder to begin anew."
    )


def _accounts(at: datetime) -> Account:
    created = [
        accounts.create(each.email, each.name, PASSPHRASE, each.roles, at) for each in ACCOUNTS
    ]
    return created[0]
