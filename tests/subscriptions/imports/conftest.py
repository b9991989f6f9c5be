"""A file that comes in, through the same doors as at the desk."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from mailer.clock import now
from mailer.consent.models import Notice, NoticeKind
from mailer.consent.notices import in_force
from mailer.consent.operations import keep_notice
from mailer.db import db, transaction
from mailer.subscriptions import operations as lists
from mailer.subscriptions.imports import jobs, operations, queries, storage
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import MailingList, Subscriber, Subscription

ACTOR = "account:1"


@pytest.fixture
def letter(app):
    """The list that files are imported into; its id."""
    with transaction():
        data = ListData("La lettre", "des portraits et des projets", "Une fois par mois")
        return lists.create_list(data, ACTOR).id


@pytest.fixture
def notice(app):
    """The digest of the notice that the people of the file were shown."""
    with transaction():
        keep_notice(in_force(NoticeKind.FULL, "fr"), now())
    return db.session.scalars(select(Notice.sha256)).first()


@pytest.fixture
def proof(notice):
    return Origin("Salon de la mer", date(2025, 9, 1), notice, "Camille Morin")


NO_PROOF = Origin("", None, None, "Camille Morin")


class Desk:
    """Whoever imports."""

    def __init__(self, list_id, origin):
        self.list_id, self.origin = list_id, origin

    def receives(self, text):
        content = text if isinstance(text, bytes) else text.encode()
        with storage.arrived(io.BytesIO(content)) as file, transaction():
            return operations.receive(file, "liste.csv", ACTOR, now()).id

    def describes(self, import_id, origin=None):
        layout = operations.layout(queries.find(import_id))
        with transaction():
            operations.describe(import_id, self.list_id, layout, origin or self.origin, now())
        jobs.run()

    def reads(self, text, origin=None):
        """A file that was read and waits for the last button; its number."""
        import_id = self.receives(text)
        self.describes(import_id, origin)
        return import_id

    def approves(self, import_id):
        with transaction():
            operations.approve(import_id, ACTOR, now())
        jobs.run()

    def imports(self, text, origin=None):
        import_id = self.reads(text, origin)
        self.approves(import_id)
        return import_id

    def undoes(self, import_id):
        with transaction():
            operations.undo(import_id, ACTOR, now())
        jobs.run()

    def asks(self, import_id):
        with transaction():
            operations.ask(import_id, ACTOR, now())
        jobs.ask()


@pytest.fixture
def desk(letter, proof):
    return Desk(letter, proof)


def states():
    """Each address with the state of its subscriptions."""
    db.session.rollback()
    rows = db.session.execute(
        select(Subscriber.address, Subscription.state)
        .outerjoin(Subscription, Subscription.subscriber_id == Subscriber.id)
        .outerjoin(MailingList, MailingList.id == Subscription.list_id)
        .order_by(Subscriber.address)
    )
    return dict(rows.all())


@pytest.fixture
def people(app):
    return states
