"""The detectors at work: each rule is given what it asks for, and what it finds is kept once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from mailer.accounts.models import SignIn
from mailer.audit.models import Entry
from mailer.breaches import queries
from mailer.breaches.detectors import WINDOW, Sign, large_export, many_failures
from mailer.breaches.kinds import Detector
from mailer.breaches.models import Suspicion
from mailer.db import db

# How far back an export is looked for: longer than any worker stays down unseen.
EXPORTS_SINCE = timedelta(hours=24)


def failed_sign_ins(at: datetime) -> list[Sign]:
    """Whether too many failed within the hour."""
    failed = (SignIn.succeeded.is_(False), SignIn.at > at - WINDOW)
    count = db.session.scalar(select(func.count()).select_from(SignIn).where(*failed)) or 0
    ceiling = current_app.config["ALERT_FAILED_SIGN_INS"]
    found = many_failures(count, ceiling, at, queries.last_seen(Detector.SIGN_INS))
    return [found] if found else []


def exports(at: datetime) -> list[Sign]:
    """The large files of addresses that somebody took."""
    taken = select(Entry).where(Entry.verb == "export", Entry.at > at - EXPORTS_SINCE)
    ceiling = current_app.config["ALERT_EXPORTED_ADDRESSES"]
    signs = (large_export(each.id, each.subject, ceiling) for each in db.session.scalars(taken))
    return [sign for sign in signs if sign]


def propose(signs: Iterable[Sign], at: datetime) -> int:
    """Keep those that were not proposed before, for the officer to look at; says how many."""
    found = list(signs)
    keys = {sign.key for sign in found}
    columns = (Suspicion.detector, Suspicion.key)
    known = set(db.session.execute(select(*columns).where(Suspicion.key.in_(keys))))
    fresh = [sign for sign in found if (sign.detector, sign.key) not in known]
    db.session.add_all(
        Suspicion(detector=sign.detector, key=sign.key, facts=dict(sign.facts), seen_at=at)
        for sign in fresh
    )
    return len(fresh)
