"""People found by a part of their address, and by where they stand; the index forgets who goes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from mailer import addresses
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.rights import erasure
from mailer.subscriptions import jobs, operations, people, personal_data
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.people import Filter, Source
from mailer.subscriptions.states import State
from mailer.web.pages import MOST_COUNTED, how_many

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def come(*wanted, lists=(1,), at=AT):
    with transaction():
        for address in wanted:
            shown = Evidence(Method.WEB_FORM, at)
            operations.request(addresses.parse(address), lists, shown, "fr", at)


def shown(page):
    return [row.address for row in page.rows]


def parts():
    """The bytes of the index of parts, where we keep it."""
    db.session.rollback()
    if db.engine.dialect.name != "sqlite":
        return b""
    return b"".join(db.session.scalars(text("SELECT block FROM address_trigram_data")))


def test_a_part_is_found_in_the_index_and_among_those_who_came_since(letter):
    come("camille.petit@exemple.fr", "nadia@exemple.fr")
    jobs.index_addresses()
    come("l.petitjean@exemple.org")

    assert shown(people.containing("petit")) == [
        "l.petitjean@exemple.org",
        "camille.petit@exemple.fr",
    ]
    assert shown(people.containing('"etit*')) == []


@pytest.mark.parametrize("find", [people.beginning, people.containing])
def test_a_search_goes_on_where_its_page_ended(letter, find):
    come(*(f"Lea{n:03}@exemple.fr" for n in range(40)))
    jobs.index_addresses()
    come(*(f"lea{n:03}@exemple.fr" for n in range(40, 70)))

    first = find("lea")
    second = find("lea", first.next_key)

    assert (len(first.rows), len(second.rows), second.next_key) == (50, 20, None)
    assert not set(shown(first)) & set(shown(second))


def test_a_corrected_address_is_found_under_its_new_form_alone(letter):
    come("camile@exemple.fr")
    jobs.index_addresses()
    right = addresses.parse("camille@exemple.fr")
    with transaction():
        old = db.session.scalars(select(Subscriber.fingerprint)).one()
        personal_data.rectify(old, right, fingerprint_of(right))

    assert shown(people.containing("camille@")) == ["camille@exemple.fr"]
    assert shown(people.containing("camile@")) == []


def test_nothing_of_an_erased_person_stays_in_the_index(letter):
    come("zqxkjw@exemple.fr", "nadia@exemple.fr")
    jobs.index_addresses()
    kept_apart = b"qxk" in parts()
    with transaction():
        erasure.erase(fingerprint_of(addresses.parse("zqxkjw@exemple.fr")), AT)
    jobs.index_addresses()

    assert kept_apart == (db.engine.dialect.name == "sqlite")
    assert b"qxk" not in parts()
    assert shown(people.containing("qxk")) == []
    assert shown(people.containing("nadia")) == ["nadia@exemple.fr"]


@pytest.fixture
def standing(letter, other_letter):
    """Four people: one on each list, one who has left, one who came in a file a month later."""
    come("first@exemple.fr")
    come("agenda@exemple.fr", lists=(other_letter,))
    come("left@exemple.fr", at=AT + timedelta(days=1))
    come("file@exemple.fr", at=AT + timedelta(days=30))
    with transaction():
        lines = db.session.scalars(select(Subscription).order_by(Subscription.id)).all()
        operations.end(lines[2].id, "", AT)
        imported = Evidence(Method.IMPORT, AT)
        known = lines[3].subscriber.fingerprint
        consent.record(known, "list:la-lettre", Kind.IMPORTED, imported)


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Filter(list_id=1), ["file", "left", "first"]),
        (Filter(state=State.PENDING), ["file", "agenda", "first"]),
        (Filter(list_id=1, state=State.ENDED), ["left"]),
        (Filter(since=date(2026, 11, 3)), ["file", "left"]),
        (Filter(list_id=1, since=date(2026, 11, 4)), ["file"]),
        (Filter(source=Source.FILE), ["file"]),
        (Filter(list_id=1, state=State.PENDING, source=Source.FORM), ["first"]),
        (Filter(list_id=404), []),
    ],
)
def test_people_are_sifted_by_where_they_stand_and_how_they_came(standing, which, found):
    page = people.newest(None, which)

    assert [address.partition("@")[0] for address in shown(page)] == found
    assert page.next_key is None


def test_what_nobody_offers_is_not_asked(staff, standing):
    page = staff("subscribers").get("/bureau/abonnes?etat=x&depuis=hier&source=y&liste=z").text

    assert "f••••@exemple.fr" in page


def test_the_first_of_a_day_is_found_without_sorting_all_who_came_at_once(letter):
    come("a@exemple.fr", "b@exemple.fr")
    asked = people.first_of(date(2026, 1, 1)).compile(
        db.engine, compile_kwargs={"literal_binds": True}
    )
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(db.session.scalars(text(f"EXPLAIN {asked}")))
        assert "Sort" not in plan
    else:
        rows = db.session.execute(text(f"EXPLAIN QUERY PLAN {asked}"))
        plan = "\n".join(row.detail for row in rows)
        assert "TEMP B-TREE" not in plan

    assert "ix_subscriber_created_at_id" in plan


def test_looking_stops_after_many_people_and_goes_on_from_there(letter, monkeypatch):
    monkeypatch.setattr(people, "LOOKED_AT", 2)
    come("a@exemple.fr", "b@exemple.fr", "c@exemple.fr")

    page = people.newest(None, Filter(source=Source.FILE))

    assert (shown(page), page.next_key) == ([], 2)


def test_a_number_that_nobody_counts_to_the_end_says_so(app):
    with app.test_request_context():
        assert how_many(MOST_COUNTED) == "10\u202f000"
        assert how_many(MOST_COUNTED + 1) == "plus de 10\u202f000"
