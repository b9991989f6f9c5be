"""The ledger of articles is written when an audience is frozen, and at no other time."""

from dataclasses import replace

from mailer.clock import now
from mailer.db import db, transaction
from mailer.newsletters import edition, operations, queries, sent_articles
from mailer.newsletters.blocks import When, dump, parse
from mailer.newsletters.digest_models import SentArticle
from mailer.newsletters.sent_articles import Known
from mailer.subscriptions.pausing import Frequency


def recorded():
    return db.session.query(SentArticle).count()


def test_looking_trying_and_approving_write_nothing(draft):
    issue = queries.issue(draft)
    edition.preview(issue)
    with transaction():
        operations.send_trial(queries.issue(draft), "camille@exemple.fr")
        operations.approve(queries.locked(draft), 2, "account:1", now())
    assert recorded() == 0


def test_an_article_is_noted_once_for_each_frequency_however_often_it_is_told(draft, mailing_list):
    for _ in range(2):
        with transaction():
            sent_articles.record(draft, mailing_list, list(Frequency), now())
    articles = len(sent_articles.of_letter(draft))
    assert articles > 0
    assert recorded() == articles * len(Frequency)


def test_it_is_known_by_its_address_and_by_its_number(draft, mailing_list):
    with transaction():
        sent_articles.record(draft, mailing_list, [Frequency.EACH], now())
    (first, *_) = sent_articles.of_letter(draft)
    asked = [Known(901, first.key), Known(902, "another page")]
    assert sent_articles.sent_among(asked, mailing_list, [Frequency.EACH]) == {901}
    assert sent_articles.sent_among(asked, mailing_list, [Frequency.WEEKLY]) == set()


def test_an_article_for_some_frequencies_counts_as_sent_to_those_alone(draft, mailing_list):
    with transaction():
        issue = queries.locked(draft)
        blocks = parse(issue.blocks)
        first = next(block for block in blocks if list(sent_articles.articles_of([block])))
        weekly = replace(first, when=When(frequencies=(Frequency.WEEKLY.value,)))
        issue.blocks = dump(tuple(weekly if block is first else block for block in blocks))
        sent_articles.record(draft, mailing_list, list(Frequency), now())
    (known,) = sent_articles.articles_of([first])
    asked = [Known(901, known.key)]
    assert sent_articles.sent_among(asked, mailing_list, [Frequency.WEEKLY]) == {901}
    assert sent_articles.sent_among(asked, mailing_list, [Frequency.EACH]) == set()
