"""Services that are set up, each with a secret, and what they would post."""

import imap_server
import pytest
import sns_topic
from delivery.conftest import (  # noqa: F401 - a campaign that has left, as delivery tests have it
    list_id,
    order,
    relay,
    scheduled,
    send,
    sender,
    subscribe,
    write,
)
from posting import LOGIN, SECRETS
from sqlalchemy import select

from mailer.bounces import incoming, jobs, mailbox, sns
from mailer.bounces.models import ProviderEvent, ReturnedMail
from mailer.bounces.providers import PROVIDERS
from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery.models import Delivery
from mailer.mail.imap import Arrived
from mailer.mail.models import OutboxMessage
from mailer.mail.returned import Kind
from mailer.mail.returned import Reason as Why
from mailer.outgoing import Answer, Reason, RequestError


@pytest.fixture
def hooks(app):
    """Every service is set up with a login."""
    app.config["BOUNCE_WEBHOOKS"] = {name: [LOGIN] for name in PROVIDERS}
    return app.config["BOUNCE_WEBHOOKS"]


@pytest.fixture
def signed_hooks(hooks):
    """Those that sign are set up with their key as well."""
    hooks.update(SECRETS)
    return hooks


class Amazon:
    """What the web answers: the certificate, a confirmation, and nothing else."""

    def __init__(self):
        self.asked = []
        self.is_up = True

    def fetch(self, url, _rules):
        self.asked.append(url)
        if not self.is_up:
            raise RequestError(Reason.TOO_SLOW)
        is_certificate = url == sns_topic.CERTIFICATE_URL
        return Answer(url, 200, {}, sns_topic.certificate() if is_certificate else b"<ok/>")


@pytest.fixture
def amazon(monkeypatch):
    found = Amazon()
    monkeypatch.setattr(sns.outgoing, "fetch", found.fetch)
    monkeypatch.setattr(sns, "CERTIFICATES", sns.Certificates())
    return found


@pytest.fixture
def take(app):
    """`take(report(…), "rebond+…")`: the mail, taken in as it came to that return-path."""

    def taken(content, sent_to="", at=None):
        arrived = Arrived(1, at or now(), len(content), content)
        with transaction():
            incoming.take(arrived, now(), sent_to)

    return taken


@pytest.fixture
def events(app):
    """`events()`: what was told of our mails, the first first."""
    return lambda: _all(ProviderEvent)


@pytest.fixture
def returned(app):
    """`returned()`: the mails that were kept, the first first."""
    return lambda: _all(ReturnedMail)


@pytest.fixture
def outgoing_mails(app):
    """`outgoing_mails()`: what waits in the outbox."""
    return lambda: _all(OutboxMessage)


def _all(kind):
    db.session.expire_all()
    return db.session.scalars(select(kind).order_by(kind.id)).all()


@pytest.fixture
def come_back(app):
    """`come_back(1, Reason.USER_UNKNOWN)`: the first mail came back so, and it was settled."""

    def settled(place, reason=Why.UNDEFINED, kind=Kind.BOUNCE, **told):
        mail = db.session.query(Delivery).order_by(Delivery.id).all()[place - 1]
        values = {"is_permanent": True, "is_proven": True, "status": "5.1.1", "fingerprint": ""}
        values["delivery_id"] = mail.id
        with transaction():
            event = ProviderEvent(
                provider="mail",
                event_id=f"{mail.id} {reason} {kind} {told}",
                kind=kind,
                reason=reason,
                feedback_type="",
                received_at=now(),
                **values | told,
            )
            db.session.add(event)
        jobs.settle_events()
        db.session.expire_all()
        return db.session.get(Delivery, mail.id)

    return settled


@pytest.fixture(scope="module")
def dovecot():
    if reason := imap_server.absent():
        pytest.skip(reason)
    with imap_server.running() as server:
        yield server


@pytest.fixture
def watched(app, dovecot, request):
    """A mailbox of its own for each test; its name."""
    user = f"{request.node.name.replace('[', '-').replace(']', '')}@exemple.fr"
    app.config.update(
        BOUNCE_MAILBOX_HOST="localhost",
        BOUNCE_MAILBOX_PORT=dovecot.port,
        BOUNCE_MAILBOX_SECURITY="plain",
        BOUNCE_MAILBOX_USER=user,
        BOUNCE_MAILBOX_PASSWORD=imap_server.PASSWORD,
    )
    mailbox.install(app)
    return user
