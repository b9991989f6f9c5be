import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
import time_machine
from loopback import serving
from lxml import html
from playwright.sync_api import expect
from werkzeug.serving import make_server

from mailer.clock import now
from mailer.db import transaction
from mailer.web import counters

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def app(app):
    app.config.update(PROOF_OF_WORK="always", PROOF_OF_WORK_NUMBERS=100, POSTS_A_MINUTE=100)
    return app


@pytest.fixture
def served(app):
    """The address of the app on a port of the loopback."""
    with serving(make_server("127.0.0.1", 0, app, threaded=True)) as server:
        yield f"http://127.0.0.1:{server.port}"


def asked(visitor, path="/droits"):
    """The fields that the form of the page carries, and where the browser would look."""
    tree = html.fromstring(visitor.get(path).text)
    (field,) = tree.xpath("//input[@name='proof_number']")
    return {"proof": tree.xpath("string(//input[@name='proof']/@value)")}, field.attrib


def solved(fields, where):
    for number in range(int(where["data-numbers"])):
        if sha256(f"{where['data-salt']}{number}".encode()).hexdigest() == where["data-proof"]:
            return fields | {"proof_number": str(number)}
    raise AssertionError("no number fits")


def post(visitor, fields):
    return visitor.submit("/essai/limite", nom="Zoé", **fields)


def test_a_number_that_fits_opens_the_form_at_once(visitor):
    assert post(visitor, solved(*asked(visitor))).status_code == 200


def test_it_opens_it_once(visitor):
    fields = solved(*asked(visitor))
    post(visitor, fields)

    assert post(visitor, fields).status_code == 429


def test_a_number_that_does_not_fit_opens_nothing(visitor):
    fields, _ = asked(visitor)

    assert post(visitor, fields | {"proof_number": "100"}).status_code == 429


def test_a_challenge_of_ones_own_opens_nothing(visitor):
    digest = sha256(b"salt1").hexdigest()

    assert post(visitor, {"proof": f"salt:{digest}.x.y", "proof_number": "1"}).status_code == 429


def test_without_script_a_minute_of_patience_opens_it(visitor):
    with time_machine.travel(AT, tick=False):
        page = post(visitor, asked(visitor)[0])
    again = dict(re.findall(r'name="(proof|nom)" value="([^"]*)"', page.text))
    with time_machine.travel(AT + timedelta(seconds=60), tick=False):
        answer = post(visitor, {"proof": again["proof"]})

    assert (page.status_code, page.headers["Retry-After"], again["nom"]) == (429, "60", "Zoé")
    assert answer.status_code == 200


def test_patience_too_opens_it_once(visitor):
    with time_machine.travel(AT, tick=False):
        fields, _ = asked(visitor)
    with time_machine.travel(AT + timedelta(minutes=2), tick=False):
        answers = [post(visitor, fields).status_code for _ in range(2)]

    assert answers == [200, 429]


def test_a_challenge_of_yesterday_opens_nothing(visitor):
    with time_machine.travel(AT, tick=False):
        fields = solved(*asked(visitor))
    with time_machine.travel(AT + timedelta(hours=13), tick=False):
        assert post(visitor, fields).status_code == 429


def test_in_quiet_times_nothing_is_asked(app, visitor):
    app.config["PROOF_OF_WORK"] = "attack"

    assert "proof" not in visitor.get("/droits").text
    assert post(visitor, {}).status_code == 200


def test_in_an_attack_it_is_asked(app, visitor):
    app.config["PROOF_OF_WORK"] = "attack"
    with transaction():
        counters.raise_alarm(now())

    assert post(visitor, {}).status_code == 429


def test_a_program_that_leaves_a_list_need_not_prove_anything(visitor):
    assert visitor.post("/essai/machine").status_code == 200


@pytest.mark.browser
def test_a_browser_finds_the_number_and_nobody_waits(app, visitor, chromium, served):
    page = chromium.new_page()
    page.goto(f"{served}/droits")
    expect(page.locator("[name=proof_number]")).not_to_have_value("")

    found = page.input_value("[name=proof_number]")
    fields = {"proof": page.input_value("[name=proof]"), "proof_number": found}
    page.close()

    assert post(visitor, fields).status_code == 200
