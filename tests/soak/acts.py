"""What each visitor does: read a page, sign up, press the button of a mail, leave by one click."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import count, cycle
from threading import Lock

from sqlalchemy import select

from mailer import tokens
from mailer.cli.bench_signups import DOMAINS, PAGES
from mailer.cli.bench_visitors import OK, Visitor, carried
from mailer.db import db
from mailer.delivery.models import Delivery
from mailer.mail.models import OutboxMessage, State
from mailer.subscriptions.models import Confirmation, Subscription

SEE_OTHER = 303
AT_ONCE = 100
Context = Callable[[], AbstractContextManager[object]]


def pages() -> Callable[[Visitor], bool]:
    """Read one page after the other."""
    turns = cycle(PAGES)

    def read(visitor: Visitor) -> bool:
        visitor.read("page", next(turns))
        return True

    return read


def sign_ups(wanted: str) -> Callable[[Visitor], bool]:
    """Read the form and post it, for somebody new."""
    numbers = count()

    def sign_up(visitor: Visitor) -> bool:
        number = next(numbers)
        return visitor.sign_up(f"visiteur-{number}@d{number % DOMAINS}.exemple.fr", wanted)

    return sign_up


class Confirming:
    """Opens the link of each confirmation once its mail has left, and presses its button."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._waiting: list[int] = []
        self._opened: set[int] = set()

    def __call__(self, visitor: Visitor) -> bool:
        if not self._waiting:
            self._look()
        if not self._waiting:
            return False
        number = self._waiting.pop(0)
        self._opened.add(number)
        with self._context():
            page = f"/inscriptions/{tokens.CONFIRM.sign(number)}/confirmation"
        fields = carried(visitor.read("link", page))
        return visitor.post("confirmation", page, fields) == SEE_OTHER

    def _look(self) -> None:
        found = select(Confirmation.id).order_by(Confirmation.id).limit(AT_ONCE)
        found = found.join(OutboxMessage, OutboxMessage.message_id == Confirmation.message_id)
        found = found.where(Confirmation.used_at.is_(None), OutboxMessage.state == State.SENT)
        with self._context():
            numbers = db.session.scalars(found).all()
        self._waiting = [number for number in numbers if number not in self._opened]


class Leaving:
    """Presses the button that the mail program shows, for one reader after the other."""

    def __init__(self, links: Iterator[str]) -> None:
        self._links, self._lock = links, Lock()

    def __call__(self, visitor: Visitor) -> bool:
        with self._lock:
            token = next(self._links)
        posted = {"List-Unsubscribe": "One-Click"}
        return visitor.post("one-click", f"/u/{token}", posted) == OK


def links(campaign_id: int, number: int) -> list[str]:
    """The one-click links of the first mails of the campaign."""
    rows = (
        select(Subscription.id, Delivery.id)
        .join(Delivery, Delivery.subscriber_id == Subscription.subscriber_id)
        .where(Delivery.campaign_id == campaign_id)
        .order_by(Delivery.id)
        .limit(number)
    )
    found = db.session.execute(rows).all()
    db.session.rollback()
    return [tokens.UNSUBSCRIBE.sign([line, f"delivery:{mail}"]) for line, mail in found]
