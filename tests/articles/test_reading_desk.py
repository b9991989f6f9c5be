"""A reading is asked for at the desk, done by the worker, and watched meanwhile."""

from datetime import timedelta

import pytest
import time_machine
from articles.looking import looked_at
from articles.rss import rss

from mailer.articles import jobs, operations, queries
from mailer.clock import now
from mailer.db import transaction
from mailer.worker import beats


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.fixture
def source(editor, site):
    looked_at(editor, site.add("/flux", rss("a")))
    return queries.sources()[0].id


def test_pressing_asks_no_site_and_leads_to_the_page_of_the_reading(editor, site, source):
    asked = len(site.asked)

    answer = editor.submit(f"/bureau/sources/{source}/lecture")

    assert answer.location == f"/bureau/sources/{source}/lecture"
    assert len(site.asked) == asked
    page = editor.get(answer.location).text.replace("\xa0", " ")
    assert "un site a 10 secondes au plus pour répondre" in page
    assert "1 article lu jusqu’ici" in page
    assert "en lecture" in editor.get("/bureau/sources").text


def test_the_worker_reads_at_once_and_the_page_says_what_came(editor, site, source):
    site.add("/flux", rss("a", "b", "c"))
    page = editor.submit(f"/bureau/sources/{source}/lecture").location
    moving = f"{page}/avancement"
    assert "HX-Refresh" not in editor.get(moving).headers

    jobs.fetch_due()

    assert editor.get(moving).headers["HX-Refresh"] == "true"
    assert "2 articles nouveaux" in editor.get(page).text
    assert "Voir les 3 articles" in editor.get(page).text


def test_a_reading_that_fails_says_why_and_when_the_next_is(editor, site, source):
    site.add("/flux", status=404)
    page = editor.submit(f"/bureau/sources/{source}/lecture").location
    jobs.fetch_due()

    said = editor.get(page).text

    assert "Il n’y a plus rien à cette adresse." in said
    assert "Prochain essai" in said
    assert "ne se lit plus" in editor.get("/bureau/sources").text


def test_what_somebody_waits_for_is_read_before_what_is_overdue(editor, site, source):
    looked_at(editor, site.add("/autre", rss("z")))
    with time_machine.travel(now() + timedelta(hours=2), tick=False), transaction():
        operations.ask(source, now())
        first = operations.claim_due(now())

    assert first.source_id == source


def test_nothing_new_is_said_too(editor, source):
    page = editor.submit(f"/bureau/sources/{source}/lecture").location
    jobs.fetch_due()

    assert "Rien de nouveau" in editor.get(page).text


def test_after_more_than_a_site_may_take_the_page_says_that_nobody_works(editor, source):
    page = editor.submit(f"/bureau/sources/{source}/lecture").location
    assert "Aucun ouvrier ne donne signe de vie" not in editor.get(page).text

    with time_machine.travel(now() + timedelta(seconds=11), tick=False):
        assert "Aucun ouvrier ne donne signe de vie" in editor.get(page).text
        with transaction():
            beats.beat(beats.identity(now()), (), now())
        assert "la lecture suivra d’elle-même" in editor.get(page).text
