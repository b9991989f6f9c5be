"""What is older than a page is reached from it, each row once."""

import re

import pytest
from overview.rows import fill
from sqlalchemy import insert

from mailer.clock import now
from mailer.db import db, transaction
from mailer.events import Event
from mailer.newsletters.approvals import Act
from mailer.newsletters.models import LetterEvent
from mailer.webhooks.models import Endpoint, State, Telling

ROWS = 3
FOLLOWING = re.compile(r'href="([^"]+[?&](?:avant|apres)=\d+)"')


def asked(at):
    """Each letter waits for an approval."""
    rows = [
        {"issue_id": n, "act": Act.ASKED, "actor": "account:1", "content_hash": "h", "at": at}
        for n in range(1, ROWS + 1)
    ]
    db.session.execute(insert(LetterEvent), rows)


def told(at):
    """One program was told of each of as many events."""
    db.session.add(Endpoint(url="https://exemple.fr", kinds="", sealed_secret=b"", created_at=at))
    for n in range(1, ROWS + 1):
        db.session.add(Event(uid=f"event-{n}", kind="test", at=at, data={}, told_at=at))
        db.session.flush()
        db.session.add(Telling(endpoint_id=1, event_id=n, state=State.SENT))


@pytest.fixture
def desk(staff, monkeypatch):
    """A desk of one row a page."""
    for module in ("web.pages", "delivery.reports", "subscriptions.imports.queries"):
        monkeypatch.setattr(f"mailer.{module}.PAGE_ROWS", 1)
    for module in ("newsletters.queries", "webhooks.queries"):
        monkeypatch.setattr(f"mailer.{module}.PAGE_ROWS", 1)
    browser = staff("sender", "approver", "subscribers", "admin")
    fill(0, ROWS)
    with transaction():
        asked(now())
        told(now())
    return browser


@pytest.mark.parametrize(
    ("page", "row", "numbers"),
    [
        ("/bureau/envois", r"/bureau/envois/(\d)\"", ["3", "2", "1"]),
        ("/bureau/abonnes/importation", r"/importation/(\d)\"", ["3", "2", "1"]),
        ("/bureau/approbations", r"/bureau/lettres/(\d)/", ["1", "2", "3"]),
        ("/bureau/webhooks/1", r"/envois/(\d)/renvoi", ["3", "2", "1"]),
    ],
)
def test_every_row_is_reached_from_page_to_page(desk, page, row, numbers):
    found, following = [], page
    while following:
        text = desk.get(following).text
        found += re.findall(row, text)
        following = next(iter(FOLLOWING.findall(text)), None)

    assert found == numbers
