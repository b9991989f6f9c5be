"""Keeping the versions of the record."""

from datetime import datetime

from mailer.db import db
from mailer.register import activities, queries
from mailer.register.models import RegisterVersion


def keep(at: datetime) -> RegisterVersion:
    """The newest version; a new one when something has changed since."""
    sheet = activities.now()
    newest = queries.newest()
    if newest is not None and newest.sha256 == sheet.sha256:
        return newest
    version = RegisterVersion(since=at, sha256=sheet.sha256, content=sheet.content)
    db.session.add(version)
    db.session.flush()
    return version
