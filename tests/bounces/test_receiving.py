"""What is kept of what services tell: once, and without a word of a person's."""

from datetime import UTC, date, datetime

from posting import basic
from sqlalchemy import inspect, select

from mailer import addresses
from mailer.bounces import receiving
from mailer.bounces.models import ProviderEvent, RefusedRequest
from mailer.bounces.providers.told import Event, Refusal, Told
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.mail import verp
from mailer.mail.returned import Kind, Reason

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ADDRESS = "Alix.Moreau@exemple.fr"
GONE = Told(Event.BOUNCED, ADDRESS, Refusal.BOUNCED, AT, "their-1", "event-1", status="5.1.1")


def note(*told, provider="postmark"):
    with transaction():
        return receiving.note(provider, told, AT)


def kept():
    db.session.expire_all()
    return db.session.scalars(select(ProviderEvent).order_by(ProviderEvent.id)).all()


def test_an_event_becomes_a_row_with_its_reason(app):
    assert note(GONE) == 1
    (row,) = kept()
    assert (row.provider, row.event_id, row.kind) == ("postmark", "event-1", Kind.BOUNCE)
    assert (row.reason, row.status, row.is_permanent) == (Reason.USER_UNKNOWN, "5.1.1", True)
    assert (row.at, row.received_at, row.handled_at) == (AT, AT, None)


def test_the_person_is_kept_as_a_fingerprint_alone(app):
    note(GONE)
    (row,) = kept()
    assert row.fingerprint == fingerprint_of(addresses.parse(ADDRESS))
    words = " ".join(str(getattr(row, c.key)) for c in inspect(ProviderEvent).column_attrs)
    assert "moreau" not in words.lower()


def test_an_event_that_comes_again_is_kept_once(app):
    assert [note(GONE), note(GONE), note(GONE, GONE)] == [1, 0, 0]


def test_two_recipients_of_one_event_are_two_rows(app):
    other = Told(Event.BOUNCED, "autre@exemple.fr", event_id="event-1")
    assert note(GONE, other) == 2


def test_they_are_the_same_two_when_they_come_again(app):
    other = Told(Event.BOUNCED, "autre@exemple.fr", event_id="event-1")
    assert [note(GONE, other), note(GONE, other)] == [2, 0]


def test_a_number_that_was_used_is_good_for_nobody_else(app):
    other = Told(Event.BOUNCED, "autre@exemple.fr", event_id="event-1")
    assert [note(GONE), note(other)] == [1, 0]


def test_services_number_their_events_apart(app):
    assert note(GONE) + note(GONE, provider="sparkpost") == 2


def test_an_event_without_a_number_is_known_by_what_it_says(app):
    told = Told(Event.BOUNCED, ADDRESS, at=AT, message_id="their-1")
    later = Told(Event.BOUNCED, ADDRESS, at=AT.replace(hour=10), message_id="their-1")
    assert [note(told), note(told), note(later)] == [1, 0, 1]


def test_openings_and_clicks_leave_no_trace(app):
    told = (Told(event, ADDRESS, event_id=event) for event in (Event.OPENED, Event.CLICKED))
    assert note(*told) == 0
    assert kept() == []


def test_our_return_path_tells_which_delivery(app):
    note(Told(Event.BOUNCED, ADDRESS, event_id="1", return_path=verp.return_path(12)))
    assert [row.delivery_id for row in kept()] == [12]


def test_a_return_path_that_is_not_ours_tells_nothing(app):
    forged = verp.return_path(12).replace("12.", "13.")
    note(Told(Event.BOUNCED, ADDRESS, event_id="1", return_path=forged))
    assert [row.delivery_id for row in kept()] == [None]


def test_what_is_no_address_is_kept_without_a_person(app):
    note(Told(Event.BOUNCED, "nobody", event_id="1"))
    assert [row.fingerprint for row in kept()] == [""]


def test_thousands_of_events_come_in_one_request(app):
    many = [Told(Event.DELIVERED, f"a{n}@exemple.fr", event_id=str(n)) for n in range(3000)]
    assert note(*many) == 3000


def test_refused_requests_are_counted_by_service_and_day(hooks, visitor):
    for path in ("/retours/brevo", "/retours/brevo", "/retours/nobody"):
        assert visitor.post(path, json={}).status_code == 401
    rows = db.session.scalars(select(RefusedRequest).order_by(RefusedRequest.provider))
    counted = [(row.provider, row.number) for row in rows]
    assert counted == [("brevo", 2), ("unknown", 1)]
    assert isinstance(db.session.scalar(select(RefusedRequest.day)), date)


def test_a_service_that_is_not_set_up_is_told_the_same_as_a_stranger(app, visitor):
    answers = [
        visitor.post(f"/retours/{name}", json={}, headers=basic()) for name in ("brevo", "x")
    ]
    assert {(a.status_code, a.text) for a in answers} == {(401, "Not allowed.\n")}
