from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import request
from sqlalchemy import select
from structlog.testing import capture_logs
from wtforms import PasswordField

from mailer.db import db
from mailer.web.counters import Counter, pseudonym
from mailer.web.forms import VisitorForm
from mailer.web.limits import SECRETS, network

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff::7", "2001:db8:1:200::/56"),
        ("unknown", "0.0.0.0/24"),
        (None, "0.0.0.0/24"),
    ],
)
def test_a_network_is_24_bits_or_56(app, address, expected):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert (request.remote_addr, network()) == (address, expected)


def test_the_sixth_post_of_a_minute_is_asked_to_wait(visitor):
    with time_machine.travel(NOON, tick=False):
        answers = [visitor.submit("/essai/limite").status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


def test_a_ceiling_that_is_reached_stands_in_the_log(visitor):
    with time_machine.travel(NOON, tick=False), capture_logs() as lines:
        for _ in range(6):
            visitor.submit("/essai/limite")

    reached = [line["endpoint"] for line in lines if line["event"] == "limit.reached"]
    assert reached == ["probe.limited"]


def test_another_network_need_not_wait(visitor):
    for _ in range(6):
        visitor.submit("/essai/limite")

    answer = visitor.post(
        "/essai/limite", data=visitor.tokens(), environ_base={"REMOTE_ADDR": "198.51.100.4"}
    )

    assert answer.status_code == 200


def test_two_processes_share_one_count(app, visitor):
    """Nothing of the count lies in the process: threads that know nothing of each other agree."""

    def post(_):
        with app.app_context():
            browser = app.test_client()
            return browser.submit("/essai/limite").status_code

    with time_machine.travel(NOON, tick=False), ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(post, range(12)))

    assert sorted(answers) == [200] * 5 + [429] * 7


def test_the_hours_ceiling_counts_across_minutes(app, visitor):
    start = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    answers = []
    for minute in range(7):
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            answers += [visitor.submit("/essai/limite").status_code for _ in range(5)]

    assert answers == [200] * 30 + [429] * 5


def test_the_page_keeps_what_was_typed_and_says_when_to_send_it(visitor):
    with time_machine.travel(datetime(2026, 11, 24, 9, 0, 48, tzinfo=UTC), tick=False):
        for _ in range(6):
            answer = visitor.submit("/essai/limite", nom="Zoé <b>", passphrase="secret")

    assert answer.headers["Retry-After"] == "12"
    assert "pourra partir à 10:01:00" in answer.text
    assert 'name="nom" value="Zoé &lt;b&gt;"' in answer.text
    assert "secret" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def forms(kind=VisitorForm):
    for each in kind.__subclasses__():
        yield each()
        yield from forms(each)


def test_no_secret_of_any_form_is_kept_by_the_page(app):
    with app.test_request_context():
        hidden = {
            name
            for form in forms()
            for name, field in form._fields.items()
            if isinstance(field, PasswordField)
        }

    assert hidden == SECRETS


def test_the_page_speaks_english_too(visitor):
    for _ in range(6):
        answer = visitor.submit("/essai/limite?lang=en")

    assert '<html lang="en">' in answer.text


def test_a_program_above_its_ceiling_gets_one_plain_line(app, visitor):
    app.config["LINK_POSTS_A_MINUTE"] = 1
    visitor.post("/essai/machine")

    answer = visitor.post("/essai/machine")

    assert (answer.status_code, answer.mimetype) == (429, "text/plain")


def test_no_network_stands_in_the_counts(visitor):
    visitor.submit("/essai/limite")

    keys = set(db.session.scalars(select(Counter.key)))
    assert len(keys) == 2
    assert "127.0.0" not in "".join(keys)


def test_the_same_network_has_another_key_on_another_day(app):
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    assert pseudonym("192.0.2.0/24", at) != pseudonym("192.0.2.0/24", at + timedelta(days=1))


def test_a_post_without_our_token_costs_no_write(visitor):
    visitor.post("/essai/limite")

    assert db.session.scalars(select(Counter.number)).all() == []
