"""What comes back: law.md 9, rows 18 and 19."""

import re
from datetime import timedelta

import pytest
import time_machine
from delivery import looks
from sqlalchemy import Date, func, inspect, select

from mailer.clock import now, paris_day
from mailer.consent.tracking import Mode, What
from mailer.db import db, transaction
from mailer.delivery import jobs
from mailer.delivery.engagement import DailyHits, Hit, LastOpen
from mailer.delivery.public import POINT
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscriber, Subscription

READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Thunderbird/140.0"}
ARTICLE = "https://exemple.fr/phare"
LATER = timedelta(hours=1)
KEPT = (DailyHits, LastOpen, Hit)


def rows():
    """How many rows each mode has written."""
    return [db.session.scalar(select(func.count()).select_from(table)) for table in KEPT]


@pytest.fixture
def mail(measured_mail):
    """`mail(Mode.INDIVIDUAL, "granted")`: paths of its pixel, of its link, of the exit."""

    def paths(mode, words="granted"):
        found = re.findall(
            r'(?:src|href)="http://127\.0\.0\.1:8000(/(?:m|suivi)/[^"]+)"',
            measured_mail(mode, words),
        )
        link, pixel, exit_ = sorted(dict.fromkeys(found), key=kind)
        return pixel, link, exit_

    def kind(path):
        return ("suivi" in path, path.count("/") == 2)

    return paths


@pytest.fixture
def hit(visitor):
    """`hit(path)`: a reader opens or follows it an hour after the mail."""

    def later(path, after=LATER, method="GET", headers=None):
        with time_machine.travel(now() + after, tick=False):
            return visitor.open(path, method=method, headers=READER | (headers or {}))

    return later


def test_an_opening_of_somebody_who_agreed_is_noted_with_its_time(mail, hit):
    hit(mail(Mode.INDIVIDUAL)[0])
    assert rows() == [0, 0, 1]
    assert db.session.scalars(select(Hit.position)).one() == 0


def test_a_link_leads_to_the_article_and_is_noted(mail, hit):
    answer = hit(mail(Mode.INDIVIDUAL)[1])
    assert (answer.status_code, answer.location) == (302, ARTICLE)
    assert db.session.scalars(select(Hit.position)).one() == 1


def test_a_second_opening_adds_nothing(mail, hit):
    pixel = mail(Mode.INDIVIDUAL)[0]
    hit(pixel)
    hit(pixel, after=2 * LATER)
    assert rows() == [0, 0, 1]


def test_the_pixel_is_always_the_same_point_and_never_cached(mail, hit):
    ours, forged = hit(mail(Mode.INDIVIDUAL)[0]), hit("/m/d1-forged")
    assert ours.data == forged.data == POINT
    assert {ours.status_code, forged.status_code} == {200}
    assert {ours.headers["Cache-Control"], forged.headers["Cache-Control"]} == {"no-store"}
    assert "Set-Cookie" not in ours.headers


def test_a_withdrawal_disarms_the_mails_that_were_sent(mail, hit, answer):
    pixel, link, _ = mail(Mode.INDIVIDUAL)
    answer("p1@exemple.fr", "refused")
    shown, led = hit(pixel), hit(link)
    assert (shown.data, led.location) == (POINT, ARTICLE)
    assert rows() == [0, 0, 0]


def test_no_line_of_the_log_tells_whose_mail_was_hit(mail, hit, answer, capsys):
    pixel, link, _ = mail(Mode.INDIVIDUAL)
    answer("p1@exemple.fr", "refused")
    capsys.readouterr()
    hit(pixel)
    hit(link)
    lines = "".join(capsys.readouterr())
    token = pixel.removeprefix("/m/")
    assert "delivery.opened" in lines
    assert [part for part in (token, token.partition("-")[2], "d1", "p1@") if part in lines] == []


def test_a_withdrawal_erases_what_was_measured_before(mail, hit, visitor):
    pixel, _, exit_ = mail(Mode.INDIVIDUAL)
    hit(pixel)
    visitor.submit(exit_)
    jobs.forget_measures()
    assert rows() == [0, 0, 0]


def test_a_no_to_clicks_keeps_what_was_opened(mail, hit, answer):
    pixel, link, _ = mail(Mode.INDIVIDUAL)
    hit(pixel)
    hit(link)
    answer("p1@exemple.fr", "refused", [What.CLICKS])
    jobs.forget_measures()
    assert db.session.scalars(select(Hit.position)).all() == [0]


def test_whoever_left_the_list_is_measured_no_more(mail, hit):
    pixel = mail(Mode.INDIVIDUAL)[0]
    with transaction():
        line = db.session.scalars(select(Subscription.id)).one()
        subscriptions.end(line, "", now())
    hit(pixel)
    assert rows() == [0, 0, 0]


def test_an_erased_person_is_measured_no_more_and_the_link_still_leads_on(mail, hit):
    pixel, link, _ = mail(Mode.INDIVIDUAL)
    hit(pixel)
    with transaction():
        db.session.delete(db.session.scalars(select(Subscriber)).one())
    led = hit(link)
    assert (rows(), led.location) == ([0, 0, 0], ARTICLE)


@pytest.mark.parametrize("mode", [Mode.NONE, Mode.AGGREGATE])
def test_a_mode_made_stricter_disarms_the_mails_that_were_sent(app, mail, hit, mode):
    pixel = mail(Mode.INDIVIDUAL)[0]
    app.config["TRACKING"] = mode.value
    hit(pixel)
    assert rows() == [0, 0, 0]


def test_two_openings_leave_one_day_and_no_time(allow, subscribe, send, relay, hit):
    allow(Mode.LAST_OPEN_DATE)
    subscribe(1)
    send()
    pixel = re.search(r'src="http://127\.0\.0\.1:8000(/m/[^"]+)"', looks.html(relay.taken[0]))[1]
    hit(pixel)
    hit(pixel, after=timedelta(days=2))
    assert rows() == [0, 1, 0]
    assert db.session.scalars(select(LastOpen.day)).one() == paris_day(now() + timedelta(days=2))


def test_the_day_of_the_last_opening_is_a_date_and_nothing_else(app):
    columns = inspect(db.engine).get_columns("last_open")
    stored = {column["name"]: column["type"] for column in columns}
    assert set(stored) == {"subscriber_id", "day"}
    assert isinstance(stored["day"], Date)


def test_in_aggregate_a_day_has_a_count_and_nothing_of_anybody(mail, hit):
    pixel, link, _ = mail(Mode.AGGREGATE)
    for path in (pixel, pixel, link):
        hit(path)
    found = db.session.execute(select(DailyHits.position, DailyHits.day, DailyHits.hits))
    assert sorted(tuple(row) for row in found) == [
        (0, paris_day(now() + LATER), 2),
        (1, paris_day(now() + LATER), 1),
    ]
    assert rows()[1:] == [0, 0]


@pytest.mark.parametrize("table", KEPT)
def test_no_table_of_measures_has_room_for_a_network_or_a_program(table):
    whose = {"id", "campaign_id", "delivery_id", "subscriber_id"}
    room = {column.name for column in table.__table__.columns}
    assert room <= whose | {"position", "day", "hits", "at"}


@pytest.mark.parametrize(
    "said",
    [
        {"after": timedelta(0)},
        {"method": "HEAD"},
        {"headers": {"User-Agent": "SomeBot/2.1"}},
        {"headers": {"Sec-Purpose": "prefetch"}},
    ],
    ids=str,
)
def test_a_scanner_that_follows_the_link_is_led_on_and_not_counted(mail, hit, said):
    answer = hit(mail(Mode.INDIVIDUAL)[1], **said)
    assert (answer.location, rows()) == (ARTICLE, [0, 0, 0])


@pytest.mark.parametrize("position", [0, 2, 99])
def test_a_link_that_is_in_no_letter_leads_nowhere(mail, hit, position):
    link = mail(Mode.INDIVIDUAL)[1]
    assert hit(re.sub(r"\d+$", str(position), link)).status_code == 404


def test_a_forged_link_leads_nowhere(hit, app):
    assert hit("/m/d1-forged/1").status_code == 422


def test_a_day_does_not_come_back(mail, hit, allow):
    """A mail program that reads late what another has opened since changes nothing."""
    pixel = mail(Mode.INDIVIDUAL)[0]
    allow(Mode.LAST_OPEN_DATE)
    hit(pixel, after=timedelta(days=3))
    hit(pixel, after=timedelta(days=1))
    assert db.session.scalars(select(LastOpen.day)).one() == paris_day(now() + timedelta(days=3))
