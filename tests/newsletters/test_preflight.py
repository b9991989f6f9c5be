from datetime import timedelta

import pytest

from mailer.articles.models import Article as Source
from mailer.clock import now
from mailer.db import db, transaction
from mailer.errors import NotFound
from mailer.newsletters import operations, preflight, sent_articles
from mailer.newsletters.blocks import parse
from mailer.newsletters.checks import Rule
from mailer.newsletters.models import Issue
from mailer.newsletters.snapshots import copied
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.pausing import Frequency


@pytest.fixture
def about_the_lighthouse(mailing_list, articles):
    """A letter with the copy of one article."""
    with transaction():
        series = operations.series_of(db.session.get(MailingList, mailing_list))
        source = db.session.get(Source, articles["Le phare rouvre"])
        return operations.draft_issue(series, [copied(source)], "fr", now(), "account:9").id


def rules(issue_id):
    report = preflight.report(db.session.get(Issue, issue_id), now() + timedelta(minutes=1))
    return {found.rule for found in report.found}


def change(articles, **columns):
    with transaction():
        source = db.session.get(Source, articles["Le phare rouvre"])
        for name, value in columns.items():
            setattr(source, name, value)


def test_an_article_that_stayed_as_it_was_is_no_news(about_the_lighthouse, articles):
    assert not rules(about_the_lighthouse) & {Rule.ARTICLE_CHANGED, Rule.ARTICLE_GONE}


def test_an_article_that_changed_since_it_was_copied_is_told(about_the_lighthouse, articles):
    change(articles, title="Le phare reste fermé", changed_at=now())
    assert Rule.ARTICLE_CHANGED in rules(about_the_lighthouse)


def test_an_article_that_vanished_since_it_was_copied_is_told(about_the_lighthouse, articles):
    change(articles, vanished_at=now())
    assert Rule.ARTICLE_GONE in rules(about_the_lighthouse)


def test_one_press_takes_the_new_version(editor, about_the_lighthouse, articles):
    change(articles, title="Le phare reste fermé", changed_at=now())
    page = editor.get(f"/bureau/lettres/{about_the_lighthouse}/verification").text
    assert "Reprendre la nouvelle version" in page
    editor.submit(f"/bureau/lettres/{about_the_lighthouse}/blocs/b1/article", revision=1)
    issue = db.session.get(Issue, about_the_lighthouse, populate_existing=True)
    assert parse(issue.blocks)[0].props.title == "Le phare reste fermé"
    assert Rule.ARTICLE_CHANGED not in rules(about_the_lighthouse)


def test_only_the_copy_of_an_article_can_be_taken_again(draft):
    with pytest.raises(NotFound), transaction():
        operations.take_again(db.session.get(Issue, draft), "b1", 2, now(), "account:1")


def test_an_article_that_the_list_had_before_is_told(about_the_lighthouse, articles):
    with transaction():
        issue = db.session.get(Issue, about_the_lighthouse)
        again = operations.duplicate(issue, now(), "account:9").id
    assert Rule.ALREADY_SENT not in rules(again)
    with transaction():
        sent_articles.record(issue.id, issue.newsletter.list_id, [Frequency.EACH], now())
    assert Rule.ALREADY_SENT in rules(again)


def test_a_block_for_some_readers_alone_is_looked_at_too(draft):
    with transaction():
        issue = db.session.get(Issue, draft)
        blocks = issue.blocks["blocks"]
        blocks[1] = blocks[1] | {"when": {"languages": ["en"]}}
        blocks[1]["props"]["alt"] = ""
        saved = operations.Draft(issue.subject, issue.preheader, parse({"v": 1, "blocks": blocks}))
        operations.save(issue, saved, 2, now(), "account:9")
    assert Rule.NO_ALT in rules(draft)
    with transaction():
        operations.mend_typography(db.session.get(Issue, draft), 3, now(), "account:9")
    assert len(parse(db.session.get(Issue, draft).blocks)) == len(blocks)
