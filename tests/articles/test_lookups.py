"""An address that is given waits for the worker, on a page that follows it."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from articles.looking import looked_at
from articles.rss import article, rss
from sqlalchemy import event, insert, select, update

from mailer.articles import findings, jobs, lookups, operations, queries
from mailer.articles.data import Aim, Feed, Gap, Given, Kind, Note, Problem
from mailer.articles.discovery import Found
from mailer.articles.fetch import Reading
from mailer.articles.models import Lookup, Source
from mailer.articles.presets import Preset
from mailer.audit.models import Entry
from mailer.clock import now
from mailer.db import db, transaction
from mailer.retention.jobs import purge
from mailer.worker import beats

FORM = "/bureau/sources"
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
FOUND = Found(Reading("https://exemple.fr/flux", Feed("Le site", Kind.FEED, ())))


@pytest.fixture
def editor(staff):
    return staff("editor")


@pytest.mark.parametrize("more", [{}, {"preview": "1"}])
def test_giving_an_address_asks_no_site_and_leads_to_a_page_that_follows(editor, site, more):
    answer = editor.submit(FORM, url=site.add("/flux", rss("a")), **more)

    assert (answer.status_code, site.asked) == (303, [])
    page = editor.get(answer.location).text.replace("\xa0", " ")
    assert "Le site va être interrogé" in page
    assert f"{answer.location}/avancement" in page
    assert "HX-Refresh" not in editor.get(f"{answer.location}/avancement").headers


def test_the_page_loads_anew_once_the_worker_has_been_there(editor, site):
    page = editor.submit(FORM, url=site.add("/flux", rss("a"))).location
    jobs.look_at_addresses()

    assert editor.get(f"{page}/avancement").headers["HX-Refresh"] == "true"
    assert "Le site est interrogé" not in editor.get(page).text


def test_who_gave_the_address_is_recorded_as_having_added_the_source(editor, site):
    looked_at(editor, site.add("/flux", rss("a")))

    wanted = select(Entry.actor).where(Entry.verb == "source.added")
    asked = db.session.scalars(select(Lookup.actor)).one()
    assert db.session.scalars(wanted).all() == [asked]


def test_an_address_is_no_part_of_the_round_of_the_sources(editor, site):
    looked_at(editor, site.add("/flux", rss("a")))
    site.asked.clear()
    editor.submit(FORM, url=site.add("/autre", rss("b")))
    with time_machine.travel(now() + timedelta(hours=2), tick=False):
        jobs.fetch_due()

    assert [path for path, _headers in site.asked] == ["/flux"]


def test_a_page_that_nobody_works_for_says_so(editor, site):
    page = editor.submit(FORM, url=site.url).location

    with time_machine.travel(now() + timedelta(seconds=11), tick=False):
        assert "Aucun ouvrier ne donne signe de vie" in editor.get(page).text
        with transaction():
            beats.beat(beats.identity(now()), (), now())
            lookups.claim(now())
    with time_machine.travel(now() + timedelta(minutes=2), tick=False):
        begun = editor.get(page).text
    assert "Le site est interrogé" in begun
    assert "d’elle-même" not in begun
    assert "au plus" not in begun


def test_what_ended_one_worker_is_not_given_to_the_next_and_says_so(editor):
    page = editor.submit(FORM, url="exemple.fr").location
    with transaction():
        assert lookups.claim(now()).typed == "exemple.fr"
        assert lookups.claim(now()) is None
    with time_machine.travel(now() + operations.LEASE, tick=False), transaction():
        assert lookups.claim(now()) is None

    said = editor.get(page).text
    assert "La lecture s’est interrompue de notre côté." in said
    assert 'value="exemple.fr"' in said


def test_what_a_restored_backup_brings_back_is_not_looked_at(app):
    with transaction():
        lookups.ask("exemple.fr", Aim.ADD, AT, "account:1")
        number = lookups.ask("exemple.org", Aim.ADD, AT + lookups.KEPT, "account:1")
        assert lookups.claim(AT + lookups.KEPT).lookup_id == number


def test_a_source_that_another_worker_adds_at_the_same_moment_is_known(app):
    def add_first(_mapper, connection, source):
        row = {"name": "x", "url": source.url, "kind": Kind.FEED, "added_at": AT}
        connection.execute(insert(Source).values(**row, etag="", last_modified=""))

    with transaction():
        number = lookups.ask("exemple.fr", Aim.ADD, AT, "account:1")
    event.listen(Source, "before_insert", add_first)
    try:
        with transaction():
            lookups.tell(number, FOUND, AT)
    finally:
        event.remove(Source, "before_insert", add_first)

    assert queries.lookup(number).failure == Problem.KNOWN


def test_what_was_told_is_not_told_again_by_a_worker_that_came_late(app):
    with transaction():
        number = lookups.ask("exemple.fr", Aim.ADD, AT, "account:1")
        lookups.tell(number, FOUND, AT)
        lookups.note_failure(number, "too-slow")
        lookups.tell(number, FOUND, AT)

    assert queries.lookup(number).failure is None
    assert len(queries.sources()) == 1


def test_a_day_later_the_purge_leaves_nothing_of_it(editor, site):
    page = editor.submit(FORM, url=site.url).location
    with time_machine.travel(now() + lookups.KEPT + timedelta(minutes=1), tick=False):
        purge()

    assert db.session.scalars(select(Lookup)).all() == []
    assert editor.get(page).status_code == 404


def test_a_look_goes_with_the_source_that_it_became(editor, site):
    page = editor.submit(FORM, url=site.add("/flux", rss("a"))).location
    jobs.look_at_addresses()
    (source,) = queries.sources()
    editor.submit(f"{FORM}/{source.id}/suppression")

    assert editor.get(page).status_code == 404


def test_the_page_of_sources_leads_back_to_what_is_no_source_yet(staff, site):
    editor, colleague = staff("editor"), staff("editor", "dpo")
    looked_at(editor, site.add("/ici", rss("a")))
    wrong = editor.submit(FORM, url=f"{site.url}/rien").location
    tried = editor.submit(FORM, url=site.add("/flux", rss("b")), preview="1").location
    jobs.look_at_addresses()
    waiting = editor.submit(FORM, url=f"{site.url}/plus-tard").location

    assert led_back(editor) == [
        (waiting, "en lecture"),
        (tried, "essayée\xa0; voyez ce qui s’y trouve"),
        (wrong, "sans résultat\xa0; voyez pourquoi"),
    ]
    assert led_back(colleague) == []


def test_an_address_given_again_is_led_back_to_once(editor, site):
    editor.submit(FORM, url=f"{site.url}/flux")
    jobs.look_at_addresses()
    looked_at(editor, site.add("/flux", rss("a")))

    assert led_back(editor) == []


def led_back(reader):
    """The looks that the page of sources leads to, with what is said of each."""
    row = rf'<li><a href="({FORM}/examens/\d+)">.*</a>, (.*)</li>'
    return re.findall(row, reader.get(FORM).text)


def test_a_row_keeps_what_the_page_shows_and_no_more():
    entries = (
        article("a", published_at=AT, summary="Un été", given=Given(date="1er mars", image="x")),
        article("a"),
        *(article(f"n{number}") for number in range(500)),
    )
    feed = Feed("Le site", Kind.SITEMAP, entries, notes=(Note(Gap.CUT, "500"),))
    shown = findings.preview(Found(Reading("https://exemple.fr/flux", feed), Preset.SPIP))
    row = json.loads(json.dumps(findings.written(shown)))

    assert len(row["told"]) == findings.ROWS
    assert (shown.kept, shown.more) == (501, 482)
    assert findings.written(findings.read(row)) == findings.written(shown)


@pytest.mark.parametrize("other", [{"preset": "joomla"}, {"told": [{}]}, {"notes": None}])
def test_what_another_version_kept_otherwise_is_not_shown(other):
    assert findings.read(findings.written(findings.preview(FOUND)) | other) is None


def test_a_page_whose_row_another_version_wrote_asks_to_try_again(editor, site):
    page = editor.submit(FORM, url=site.add("/flux", rss("a")), preview="1").location
    jobs.look_at_addresses()
    with transaction():
        db.session.execute(update(Lookup).values(found={"entries": []}))

    assert "Le programme a été mis à jour depuis cette lecture." in editor.get(page).text
