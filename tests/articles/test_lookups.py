"""An address that is given waits for the worker, on a page that follows it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from articles.looking import looked_at
from articles.rss import article, rss
from sqlalchemy import select

from mailer.articles import findings, jobs, lookups, operations, queries
from mailer.articles.data import Aim, Feed, Gap, Given, Kind, Note
from mailer.articles.discovery import Found
from mailer.articles.fetch import Reading
from mailer.articles.models import Lookup
from mailer.articles.presets import Preset
from mailer.audit.models import Entry
from mailer.clock import now
from mailer.db import db, transaction
from mailer.worker import beats

FORM = "/bureau/sources"
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.mark.parametrize("more", [{}, {"preview": "1"}])
def test_giving_an_address_asks_no_site_and_leads_to_a_page_that_follows(editor, site, more):
    answer = editor.submit(FORM, url=site.add("/flux", rss("a")), **more)

    assert (answer.status_code, site.asked) == (303, [])
    page = editor.get(answer.location).text.replace("\xa0", " ")
    assert "un site a 10 secondes au plus pour répondre" in page
    assert f"{answer.location}/avancement" in page
    assert "HX-Refresh" not in editor.get(f"{answer.location}/avancement").headers


def test_the_page_loads_anew_once_the_worker_has_been_there(editor, site):
    page = editor.submit(FORM, url=site.add("/flux", rss("a"))).location
    jobs.fetch_due()

    assert editor.get(f"{page}/avancement").headers["HX-Refresh"] == "true"
    assert "Le site est interrogé" not in editor.get(page).text


def test_who_gave_the_address_is_recorded_as_having_added_the_source(editor, site):
    looked_at(editor, site.add("/flux", rss("a")))

    wanted = select(Entry.actor).where(Entry.verb == "source.added")
    asked = db.session.scalars(select(Lookup.actor)).one()
    assert db.session.scalars(wanted).all() == [asked]


def test_an_address_is_looked_at_before_any_source_is_read(editor, site):
    looked_at(editor, site.add("/flux", rss("a")))
    site.asked.clear()
    editor.submit(FORM, url=site.add("/autre", rss("b")))
    with time_machine.travel(now() + timedelta(hours=2), tick=True):
        jobs.fetch_due()

    assert [path for path, _headers in site.asked] == ["/autre", "/flux"]


def test_a_page_that_nobody_works_for_says_so(editor, site):
    page = editor.submit(FORM, url=site.url).location

    with time_machine.travel(now() + timedelta(seconds=11), tick=False):
        assert "Aucun ouvrier ne donne signe de vie" in editor.get(page).text
        with transaction():
            beats.beat(beats.identity(now()), (), now())
            lookups.claim(now())
        assert "d’elle-même" not in editor.get(page).text


def test_a_worker_that_dies_leaves_the_address_to_another(app):
    with transaction():
        number = lookups.ask("exemple.fr", Aim.TRY, AT, "account:1")
        assert lookups.claim(AT).lookup_id == number
        assert lookups.claim(AT) is None
        assert lookups.claim(AT + operations.LEASE).lookup_id == number


def test_what_was_told_is_not_told_again_by_a_worker_that_came_late(app):
    found = Found(Reading("https://exemple.fr/flux", Feed("Le site", Kind.FEED, ())))
    with transaction():
        number = lookups.ask("exemple.fr", Aim.ADD, AT, "account:1")
        lookups.tell(number, found, AT)
        lookups.note_failure(number, "too-slow")
        lookups.tell(number, found, AT)

    assert queries.lookup(number).failure is None
    assert len(queries.sources()) == 1


def test_a_day_later_nothing_is_left_of_it(editor, site):
    page = editor.submit(FORM, url=site.url).location
    with transaction():
        lookups.ask("exemple.fr", Aim.TRY, now() + lookups.KEPT, "account:1")

    assert editor.get(page).status_code == 404


def test_a_row_keeps_all_that_the_page_shows():
    entries = (
        article("a", published_at=AT, summary="Un été", given=Given(date="1er mars", image="x")),
        article("b"),
    )
    feed = Feed("Le site", Kind.SITEMAP, entries, notes=(Note(Gap.CUT, "500"),))
    found = Found(Reading("https://exemple.fr/flux", feed), Preset.SPIP)

    assert findings.found(json.loads(json.dumps(findings.kept(found)))) == found
