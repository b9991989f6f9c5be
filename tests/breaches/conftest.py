"""An incident, people who may be touched by it, and the officer who keeps the register."""

import html
import re
from datetime import UTC, datetime

import pytest
import time_machine
from breaches.files import AWARE, OFFICER, WORDS, description

from mailer import addresses
from mailer.breaches import operations, queries, telling
from mailer.breaches.kinds import Reach
from mailer.breaches.operations import Opening
from mailer.breaches.scope import Scope
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import db, transaction
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Confirmation, MailingList
from mailer.tokens import CONFIRM


@pytest.fixture(autouse=True)
def friday():
    """An hour after it was known."""
    with time_machine.travel(datetime(2026, 11, 20, 16, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def opened(app):
    """The reference of an incident that became known that Friday."""
    with transaction():
        told = Opening(AWARE, "Un export est parti à la mauvaise adresse.", "Par un agent")
        return operations.begin(told, OFFICER, now()).reference


@pytest.fixture
def breach():
    """`breach(reference)`: the incident as it stands."""

    def find(reference):
        db.session.rollback()
        return queries.by_reference(reference)

    return find


@pytest.fixture
def described(opened):
    """The incident, its file complete and its risk high."""
    with transaction():
        operations.describe(queries.held(opened), description(), OFFICER)
    return opened


@pytest.fixture
def sign_up(app):
    """`sign_up("lea@exemple.fr", "lettre")`: someone who confirmed a list; the list."""

    def confirm(address, slug="lettre", language="fr"):
        evidence = Evidence(Method.WEB_FORM, now(), language)
        with transaction():
            wanted = db.session.scalar(db.select(MailingList).where(MailingList.slug == slug))
            if wanted is None:
                wanted = MailingList(slug=slug, name=slug, description="…", frequency="…")
                db.session.add(wanted)
                db.session.flush()
            subscriptions.request(addresses.parse(address), [wanted.id], evidence, language, now())
            newest = db.select(Confirmation).order_by(Confirmation.id.desc()).limit(1)
            link = db.session.scalars(newest).one()
            subscriptions.confirm(CONFIRM.sign(link.id), evidence, now())
            return wanted.id

    return confirm


@pytest.fixture
def write():
    """`write(reference)`: the letter is complete in both languages."""

    def both(reference, languages=("fr", "en")):
        with transaction():
            for language in languages:
                telling.write(queries.held(reference), language, WORDS, OFFICER)

    return both


@pytest.fixture
def dpo(staff):
    """The browser of the data-protection officer."""
    return staff("dpo")


@pytest.fixture
def read():
    """The words of a page, without its tags, single-spaced."""

    def words(page):
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())

    return words


@pytest.fixture
def touched_lea(described, sign_up):
    """The incident, which touched Léa."""
    sign_up("lea@exemple.fr")
    with transaction():
        telling.choose(queries.held(described), Scope(Reach.ALL), OFFICER)
    return described
