from dataclasses import replace
from datetime import timedelta

import pytest
from loopback import website
from newsletters.letters import BASE_URL, LETTER

from mailer.clock import now
from mailer.db import db, transaction
from mailer.newsletters import edition, jobs, link_checks, preflight, queries
from mailer.newsletters.block_types import Button
from mailer.newsletters.blocks import Block
from mailer.newsletters.checks import Rule
from mailer.newsletters.checks.facts import Standing
from mailer.newsletters.models import Issue, LinkCheck

PAGE = "https://estran.exemple.fr/chantiers"


@pytest.fixture
def site(app):
    app.config["OUTGOING_ALLOWED_NETWORKS"] = ["127.0.0.1/32"]
    with website() as found:
        yield found


def standing(url):
    with transaction():
        link_checks.ask([url], now())
    jobs.try_links()
    return db.session.query(LinkCheck).filter_by(url=url).one().standing


@pytest.mark.parametrize(
    ("status", "became"),
    [
        (200, Standing.REACHED),
        (204, Standing.REACHED),
        (404, Standing.GONE),
        (410, Standing.GONE),
        (403, Standing.SILENT),
        (429, Standing.SILENT),
        (500, Standing.SILENT),
    ],
)
def test_a_link_stands_as_its_server_answers(site, status, became):
    assert standing(site.add("/page", status=status)) == became


def test_a_link_is_followed_where_it_was_moved(site):
    site.add("/new", b"here")
    assert standing(site.add("/old", status=301, Location="/new")) == Standing.REACHED


def test_a_site_that_nobody_knows_is_told_from_a_page_that_is_gone(app):
    assert standing("https://nowhere.invalid/") == Standing.UNKNOWN_SITE


def test_a_server_that_hangs_up_is_silent(site):
    site.wait = lambda: (_ for _ in ()).throw(ConnectionError())
    assert standing(f"{site.url}/page") == Standing.SILENT


def test_links_of_ours_and_those_that_are_wrong_by_their_letters_are_not_tried():
    buttons = [BASE_URL, f"{BASE_URL}/droits", "http://localhost/", "mailto:a@b.fr", "{{web_url}}"]
    blocks = [Block(f"b{n}", Button("Voir", url)) for n, url in enumerate(buttons)]
    kept = Block("b9", Button("Voir", PAGE))
    letter = replace(LETTER, blocks=(*blocks, kept))
    assert link_checks.web_links(letter) == [PAGE]


def test_the_links_of_a_draft_that_rests_are_asked_for_once_a_day(draft):
    at = now() + timedelta(minutes=5)
    with transaction():
        link_checks.ask_for_drafts(at)
        asked = {row.url for row in db.session.query(LinkCheck)}
        for row in db.session.query(LinkCheck):
            link_checks.note(link_checks.Claimed(row.digest, row.url), Standing.REACHED, at)
        link_checks.ask_for_drafts(at + timedelta(hours=23))
        soon = link_checks.claim(at + timedelta(hours=23))
        link_checks.ask_for_drafts(at + timedelta(hours=25))
        later = link_checks.claim(at + timedelta(hours=25))
    assert PAGE in asked
    assert soon is None
    assert later is not None


def test_the_links_of_a_draft_that_is_being_written_wait(draft):
    with transaction():
        link_checks.ask_for_drafts(now())
    assert db.session.query(LinkCheck).count() == 0


def test_two_workers_do_not_try_the_same_link(draft):
    with transaction():
        link_checks.ask([PAGE], now())
    with transaction():
        claims = [link_checks.claim(now()), link_checks.claim(now())]
    assert [claim.url if claim else None for claim in claims] == [PAGE, None]


def test_a_link_that_no_letter_asks_after_is_forgotten(draft):
    with transaction():
        link_checks.ask([PAGE], now())
        link_checks.forget(now() + timedelta(days=29))
    assert db.session.query(LinkCheck).count() == 0


def test_a_dead_link_stops_the_letter_until_its_answer_is_old(draft):
    with transaction():
        link_checks.ask([PAGE], now())
        link_checks.note(link_checks.claim(now()), Standing.GONE, now())
    issue = db.session.get(Issue, draft)
    assert Rule.DEAD_LINK in {found.rule for found in preflight.report(issue, now()).blocking}
    assert link_checks.tried(edition.whole(issue), now() + timedelta(days=8)).standings == {}


def test_one_press_tries_the_links_of_a_letter(editor, draft):
    editor.submit(f"/bureau/lettres/{draft}/essai-des-liens")
    waiting = {row.url for row in db.session.query(LinkCheck) if row.due_at}
    assert waiting == set(link_checks.web_links(edition.whole(queries.issue(draft))))
    assert "Liens essayés" in editor.get(f"/bureau/lettres/{draft}/verification").text
