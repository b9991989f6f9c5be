"""Due dates for an officer's calendar, at an address that only they know.

The address holds the number of the account and a digest of its calendar's key, signed. A new key,
a closed account or a lost role ends it; signing out does not, and it opens no session.
"""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import datetime, time
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import load_only, selectinload

from mailer import links
from mailer.accounts import queries as accounts
from mailer.accounts.models import Account
from mailer.accounts.roles import Role
from mailer.clock import PARIS
from mailer.db import db
from mailer.errors import Expired
from mailer.rights import words
from mailer.rights.models import RightsRequest
from mailer.rights.reporting.icalendar import Event
from mailer.rights.states import RUNNING
from mailer.tokens import RIGHTS_CALENDAR

READ = (
    load_only(RightsRequest.reference, RightsRequest.due, RightsRequest.logged_at, raiseload=True),
    selectinload(RightsRequest.lines),
    selectinload(RightsRequest.questions),
    selectinload(RightsRequest.extension),
)


def address(account: Account) -> str:
    """Where that account's calendar is, until it is changed."""
    digest = _digest(account.calendar_key)
    return links.rights_calendar(RIGHTS_CALENDAR.sign(f"{account.id}.{digest}"))


def _digest(key: str) -> str:
    # Half of the hash tells the key apart and gives nothing away.
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def check(token: str) -> None:
    """Raises Invalid for an address that is not ours, Expired once its time is over."""
    number, _dot, digest = RIGHTS_CALENDAR.read(token).partition(".")
    account = accounts.by_id(int(number))
    if account is None or Role.DPO not in account.roles:
        raise Expired("calendar")
    if not hmac.compare_digest(digest, _digest(account.calendar_key)):
        raise Expired("calendar")


def events() -> Iterator[Event]:
    """The last day of each open case whose clock runs, the most urgent first."""
    running = select(RightsRequest).where(RightsRequest.state.in_(RUNNING)).options(*READ)
    for case in db.session.scalars(running.order_by(RightsRequest.due, RightsRequest.id)):
        yield _event(case)


def _event(case: RightsRequest) -> Event:
    url = links.rights_case(case.reference)
    summary = _(
        "%(reference)s : réponse due (%(rights)s)",
        reference=case.reference,
        rights=words.rights(case.rights).lower(),
    )
    uid = f"{case.reference}@{urlsplit(url).hostname}"
    return Event(uid, case.due, str(summary), url, _changed(case))


def _changed(case: RightsRequest) -> datetime:
    """When the date was last set: at receipt, by an extension, by an answered question."""
    answered = [each.answered_on for each in case.questions if each.answered_on]
    resumed = [datetime.combine(day, time(), PARIS) for day in answered]
    extended = [case.extension.at] if case.extension else []
    return max([case.logged_at, *resumed, *extended])
