"""Somebody objected elsewhere, at a counter or on a site: nothing more leaves for them."""

from datetime import datetime

from sqlalchemy import select

from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.consent import operations as consent
from mailer.consent.evidence import Method
from mailer.consent.models import Reason, Suppression
from mailer.consent.queries import suppression_of
from mailer.consent.subjects import fingerprint_of
from mailer.db import db
from mailer.subscriptions import operations, queries
from mailer.subscriptions.models import Subscriber


def note(address: Address, actor: str, at: datetime) -> Suppression:
    """Never write to this address again; no proof is asked for an objection (GDPR art. 21(3))."""
    fingerprint = fingerprint_of(address)
    queries.hold(Subscriber.fingerprint == fingerprint)
    if suppression_of(fingerprint) is not Reason.OBJECTION:
        consent.suppress(fingerprint, Reason.OBJECTION, at, actor)
    operations.end_all(fingerprint, actor, at, Method.API)
    # The projection writes its rows without the session.
    found = select(Suppression).where(Suppression.fingerprint == fingerprint)
    noted = db.session.scalars(found.execution_options(populate_existing=True)).one()
    record(actor, "note-objection", f"suppression:{noted.id}")
    return noted
