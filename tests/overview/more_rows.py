"""Many rows of what else the desk, the archive and programs list, beside rows.py."""

from datetime import date, timedelta

from api import office
from sqlalchemy import insert

from mailer import addresses
from mailer.accounts import operations as accounts
from mailer.articles.data import Kind
from mailer.articles.models import Source
from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery.elections import PeriodData
from mailer.delivery.elections import add as add_period
from mailer.events import Event
from mailer.newsletters import operations as newsletters
from mailer.newsletters.approvals import Act
from mailer.newsletters.models import LetterEvent, TrialGroup, TrialReader
from mailer.rights.incoming.models import IncomingMail
from mailer.rights.incoming.states import State as MailState
from mailer.subscriptions import objecting
from mailer.subscriptions.lists import Archive
from mailer.subscriptions.segments import operations as segments
from mailer.subscriptions.segments.predicate import Field, Is
from mailer.webhooks.models import Endpoint, State, Telling

FRENCH = Is(Field.LANGUAGE, "fr")


def fill_more(first, number):
    """A list with its archive, and one thing of each other kind, by number."""
    for n in range(first, first + number):
        with transaction():
            _letters(n, now())
            _house(n, now())
            _told(n, now())
            _came(n, now())


def _letters(n, at):
    """A list, what it was sent, what waits for approval, and what was thrown away."""
    row = office.mailing_list(f"Liste {n}")
    row.archive = Archive.INDEXED
    written = office.article(n)
    office.letter(row, written).sent_at = at
    office.letter(row, written)
    series = newsletters.series_of(row)
    waiting, thrown = (newsletters.draft_issue(series, [], "fr", at, "account:1") for _ in "ab")
    thrown.trashed_at = at
    db.session.flush()
    step = {"act": Act.ASKED, "actor": "account:1", "content_hash": "h", "at": at}
    db.session.execute(insert(LetterEvent), [step | {"issue_id": waiting.id}])
    segments.create(f"Segment {n}", FRENCH, 1, at)


def _house(n, at):
    """A colleague, a key, a source, a group, a period and an incident."""
    accounts.create(f"collegue{n}@exemple.fr", "Nora", office.PASSPHRASE, ["editor"], at)
    office.secret(1)
    source = {"name": "Le port", "url": f"https://exemple.fr/{n}", "kind": Kind.FEED}
    db.session.add(Source(**source, added_at=at, last_fetched_at=at))
    readers = [TrialReader(address=f"essai{n}@exemple.fr")]
    db.session.add(TrialGroup(name=f"Groupe {n}", readers=readers))
    first_day = date(2026, 12, 1) + timedelta(days=n)
    add_period(PeriodData(f"Scrutin {n}", first_day, first_day), "account:1")


def _told(n, at):
    """A program, and what the first one was told."""
    endpoint = Endpoint(url=f"https://exemple.fr/{n}", kinds="", sealed_secret=b"", created_at=at)
    happened = Event(uid=f"event-{n}", kind="test", at=at, data={}, told_at=at)
    db.session.add_all((endpoint, happened))
    db.session.flush()
    db.session.add(Telling(endpoint_id=1, event_id=happened.id, state=State.SENT))


def _came(n, at):
    """A mail to the officer, and somebody who objects."""
    texts = dict.fromkeys(("message_id", "fingerprint", "text", "quoted", "file"), "")
    db.session.add(
        IncomingMail(
            **texts,
            digest=f"digest {n}",
            mailbox="dpo",
            received_at=at,
            taken_in_at=at,
            sender=f"m{n}@exemple.fr",
            subject="Mes données",
            is_whole=True,
            state=MailState.WAITING,
        )
    )
    objecting.note(addresses.parse(f"opposee{n}@exemple.fr"), "account:1", at)
