"""A record of some entries, linked as the worker does."""

import pytest

from mailer.audit import jobs
from mailer.audit.models import Entry
from mailer.audit.operations import record
from mailer.db import db, transaction


@pytest.fixture
def entries(app):
    """Five entries in the chain, anchored."""
    with transaction():
        for number in range(1, 6):
            record("account:1", "read", f"subscriber:{number}", "request:1", "rights")
    jobs.seal()
    return db.session.scalars(db.select(Entry.id).order_by(Entry.id)).all()
