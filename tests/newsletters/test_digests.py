"""Automatic letters: what leaves, to whom, and what is noted when nothing does."""

from dataclasses import replace
from datetime import timedelta

from newsletters.digest_world import (
    DAILY,
    MONDAYS,
    PATTERN,
    START,
    at,
    paris,
    prefer,
    publish,
    runs,
    set_up,
    source,
    start,
    subscribe,
    work,
)

from mailer.articles.models import Article
from mailer.db import db, transaction
from mailer.delivery import campaigns, closing
from mailer.delivery import jobs as delivery
from mailer.delivery.models import Campaign
from mailer.newsletters import digest_queries, digests, jobs, operations, queries
from mailer.newsletters.block_types import Section
from mailer.newsletters.blocks import When, dump, parse
from mailer.newsletters.digest_models import SentArticle
from mailer.newsletters.models import Issue
from mailer.newsletters.snapshots import copied
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.pausing import Frequency

DAY = timedelta(days=1)


def received(relay):
    """To whom each mail went, and which articles were in it."""
    return [(mail.recipient, titles(mail.content)) for mail in relay.taken]


def titles(content):
    text = content.decode()
    return [
        name
        for name in ("Phare", "Digue", "Marée", "Train")
        if f"estran.exemple.fr/{name.lower()}" in ascii_of(text)
    ]


def ascii_of(text):
    return text.replace("=\r\n", "").replace("mar=C3=A9e", "marée")


def test_the_automatic_letter_of_a_list_stops_with_it_and_no_other_does(
    daily, world, mailing_list, relay
):
    with transaction():
        dune = MailingList(slug="dune", name="La Dune", description="", frequency="Parfois")
        db.session.add(dune)
        db.session.flush()
        other = dune.id
    with at(START):
        start(set_up(other, world), world)
        with transaction():
            closing.close(mailing_list, "account:1", START)
    leaving = [each for each in digest_queries.digests() if each.started_at]
    assert [each.newsletter.list_id for each in leaving] == [other]


def test_what_is_new_leaves_at_its_hour(daily, relay):
    publish("Phare", paris(2026, 11, 23, 8, 30))
    work(paris(2026, 11, 23, 8, 58))
    assert runs() == []
    work(paris(2026, 11, 23, 9))
    assert runs() == [("each", "2026-11-23", "sent")]
    assert received(relay) == [("lea@exemple.fr", ["Phare"])]


def test_what_the_sources_wrote_is_set_as_printers_set_it(daily):
    publish("Attention : travaux !", paris(2026, 11, 23, 8, 30))
    work(paris(2026, 11, 23, 9))
    letter = db.session.scalars(db.select(Issue).where(Issue.id != 1)).one()
    assert letter.subject.endswith("Attention\u00a0: travaux\u00a0!")
    titles = [getattr(block.props, "title", "") for block in parse(letter.blocks)]
    assert "Attention\u00a0: travaux\u00a0!" in titles


def test_the_subject_says_the_day_and_the_first_article(daily):
    publish("Phare", paris(2026, 11, 23, 8, 30))
    work(paris(2026, 11, 23, 9))
    (subject,) = db.session.scalars(db.select(Issue.subject).where(Issue.id != 1))
    assert subject == "L’Estran du 23 novembre 2026\u00a0: Phare"


def test_nothing_new_is_noted_and_nothing_is_sent(daily, relay):
    work(paris(2026, 11, 23, 9))
    assert runs() == [("each", "2026-11-23", "empty")]
    assert relay.taken == []
    assert db.session.query(Campaign).count() == 0


def test_what_was_sent_is_not_sent_again(daily, relay):
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    work(paris(2026, 11, 24, 9))
    assert [state for _, _, state in runs()] == ["sent", "empty"]
    assert len(relay.taken) == 1


def test_the_same_page_under_another_source_is_not_sent_again(daily, relay):
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    twin = source("Autre")
    publish("Le phare", START + DAY, twin, url="http://www.estran.exemple.fr/phare/?utm_source=x")
    work(paris(2026, 11, 24, 9))
    assert [state for _, _, state in runs()] == ["sent", "empty"]


def test_more_than_fit_come_with_the_next_letter(world, mailing_list, relay):
    with at(START):
        pattern = replace(PATTERN, section=replace(PATTERN.section, newest=2))
        start(set_up(mailing_list, world, pattern=pattern), world)
    for number, name in enumerate(("Phare", "Digue", "Train")):
        publish(name, START + timedelta(minutes=number))
    work(paris(2026, 11, 23, 9))
    work(paris(2026, 11, 24, 9))
    assert [found for _, found in received(relay)] == [["Digue", "Train"], ["Phare"]]


def test_articles_of_before_the_chosen_day_are_no_news(daily, relay):
    publish("Phare", paris(2026, 11, 22, 23, 59))
    work(paris(2026, 11, 23, 9))
    assert runs() == [("each", "2026-11-23", "empty")]


def test_a_worker_that_slept_for_days_sends_one_letter_for_all_of_them(daily, relay):
    publish("Phare", paris(2026, 11, 23, 10))
    work(paris(2026, 11, 27, 12))
    assert runs() == [("each", "2026-11-27", "sent")]
    assert len(relay.taken) == 1


def test_each_person_gets_the_letter_of_their_own_frequency(world, mailing_list, relay):
    with at(START):
        subscribe(mailing_list, "max@exemple.fr", Frequency.WEEKLY)
        modes = ((Frequency.EACH, DAILY), (Frequency.WEEKLY, MONDAYS))
        start(set_up(mailing_list, world, *modes), world)
    for day, name in ((23, None), (24, "Phare"), (25, "Digue"), (30, None)):
        if name:
            publish(name, paris(2026, 11, day, 8))
        work(paris(2026, 11, day, 9))
    assert received(relay) == [
        ("lea@exemple.fr", ["Phare"]),
        ("lea@exemple.fr", ["Digue"]),
        ("max@exemple.fr", ["Phare", "Digue"]),
    ]


def test_a_frequency_without_a_letter_of_its_own_gets_the_next_rarer(world, mailing_list, relay):
    with at(START):
        start(set_up(mailing_list, world, (Frequency.WEEKLY, MONDAYS)), world)
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    assert received(relay) == [("lea@exemple.fr", ["Phare"])]


def test_who_went_from_daily_to_weekly_gets_no_letter_of_what_they_had(world, mailing_list, relay):
    with at(START):
        modes = ((Frequency.EACH, DAILY), (Frequency.WEEKLY, MONDAYS))
        start(set_up(mailing_list, world, *modes), world)
    publish("Phare", paris(2026, 11, 24, 8))
    work(paris(2026, 11, 24, 9))
    prefer("lea@exemple.fr", Frequency.WEEKLY)
    work(paris(2026, 11, 30, 9))
    assert received(relay) == [("lea@exemple.fr", ["Phare"])]


def test_an_article_that_a_letter_by_hand_carried_is_not_sent_again(
    daily, world, mailing_list, relay
):
    number = publish("Phare", paris(2026, 11, 23, 8))
    send_by_hand(mailing_list, world, number, paris(2026, 11, 23, 8, 30))
    work(paris(2026, 11, 23, 9))
    assert runs() == [("each", "2026-11-23", "empty")]
    assert len(relay.taken) == 1


def test_a_weekly_reader_who_missed_a_letter_by_hand_gets_its_article(world, mailing_list, relay):
    with at(START):
        subscribe(mailing_list, "max@exemple.fr", Frequency.WEEKLY)
        start(set_up(mailing_list, world, (Frequency.WEEKLY, MONDAYS)), world)
    publish("Digue", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    number = publish("Phare", paris(2026, 11, 25, 8))
    send_by_hand(mailing_list, world, number, paris(2026, 11, 25, 9))
    work(paris(2026, 11, 30, 9))
    assert sorted(received(relay)) == [
        ("lea@exemple.fr", ["Digue"]),
        ("lea@exemple.fr", ["Phare"]),
        ("max@exemple.fr", ["Digue"]),
        ("max@exemple.fr", ["Phare"]),
    ]


def send_by_hand(list_id, account_id, article_id, moment):
    """Somebody composes a letter of that article, approves it and sends it."""
    with at(moment), transaction():
        series = queries.newsletter_of(list_id)
        article = copied(db.session.get_one(Article, article_id))
        issue = operations.draft_issue(series, [article], "fr", moment, "account:9")
        operations.approve(issue, 1, f"account:{account_id}", moment)
        campaigns.schedule(campaigns.Order(issue.id, list_id, 1, moment, account_id), moment)
    work(moment)


def test_a_letter_that_is_called_back_leaves_its_articles_new(daily, relay):
    publish("Phare", paris(2026, 11, 23, 8))
    with at(paris(2026, 11, 23, 9)):
        jobs.compose_digests()
        delivery.start_due()
        with transaction():
            campaigns.cancel(1, "account:1", paris(2026, 11, 23, 9))
    work(paris(2026, 11, 23, 9, 5))
    assert db.session.query(SentArticle).count() == 0
    work(paris(2026, 11, 24, 9))
    assert [state for _, _, state in runs()] == ["cancelled", "sent"]
    assert len(relay.taken) == 1


def test_a_pause_lets_no_period_begin(daily, relay):
    with transaction():
        digests.pause(digest_queries.locked(daily), "account:1")
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 24, 9))
    assert runs() == []


def test_a_template_is_no_letter_of_the_list(daily):
    assert queries.issues().rows == []


def test_what_a_section_takes_for_some_makes_no_letter_of_the_others(world, mailing_list, relay):
    with at(START):
        subscribe(mailing_list, "max@exemple.fr", Frequency.WEEKLY)
        modes = ((Frequency.EACH, DAILY), (Frequency.WEEKLY, MONDAYS))
        digest_id = set_up(mailing_list, world, *modes)
        with transaction():
            template = queries.locked(1)
            blocks = (
                replace(block, when=When(frequencies=(Frequency.WEEKLY,)))
                if isinstance(block.props, Section)
                else block
                for block in parse(template.blocks)
            )
            template.blocks = dump(tuple(blocks))
        start(digest_id, world)
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    assert [(mode, state) for mode, _, state in runs()] == [("each", "empty"), ("weekly", "sent")]
    assert received(relay) == [("max@exemple.fr", ["Phare"])]
