"""A list, two articles and letters about them, in a real database."""

import pytest
from newsletters.digest_world import START, account, at, set_up, source, start, subscribe
from newsletters.letters import DOCUMENT, LETTER

from mailer.articles import operations as sources
from mailer.articles.data import ArticleData, Feed, Kind
from mailer.articles.fetch import Reading
from mailer.articles.queries import recent
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.relay import KEY
from mailer.mail.transports.memory import Memory
from mailer.newsletters import operations
from mailer.newsletters.blocks import parse
from mailer.newsletters.content import Draft
from mailer.subscriptions.models import MailingList


@pytest.fixture
def mailing_list(app):
    with transaction():
        made = MailingList(
            slug="estran", name="La lettre de l’Estran", description="La côte", frequency="Mensuel"
        )
        db.session.add(made)
        db.session.flush()
        return made.id


@pytest.fixture
def draft(mailing_list):
    """The number of a letter that may be approved; its revision is 2."""
    with transaction():
        series = operations.series_of(db.session.get(MailingList, mailing_list))
        issue = operations.draft_issue(series, [], "fr", now(), "account:9")
        blocks = parse(DOCUMENT)
        operations.save(
            issue, Draft(LETTER.subject, LETTER.preheader, blocks), 1, now(), "account:9"
        )
        return issue.id


@pytest.fixture
def articles(app):
    """Two articles of one feed, by title."""
    told = (
        ArticleData("Le phare rouvre", "https://estran.exemple.fr/phare"),
        ArticleData("Le train des plages", "https://estran.exemple.fr/train"),
    )
    reading = Reading("https://estran.exemple.fr/flux", Feed("Estran", Kind.FEED, told))
    with transaction():
        sources.add_source(reading, "", now(), "account:1")
    return {article.title: article.id for article in recent(10)}


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.fixture
def relay(app):
    app.extensions[KEY] = Memory()
    return app.extensions[KEY]


@pytest.fixture
def world(mailing_list, relay):
    """A source, somebody who works here, a reader of each letter; it is Monday, 8 o'clock."""
    with at(START):
        source()
        subscribe(mailing_list, "lea@exemple.fr")
        return account()


@pytest.fixture
def daily(world, mailing_list):
    """The number of an automatic letter that leaves every day at 9."""
    with at(START):
        digest_id = set_up(mailing_list, world)
        start(digest_id, world)
        return digest_id
