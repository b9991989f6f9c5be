"""The same request with the same Idempotency-Key happens once."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select, update

from mailer.api.idempotency import HEADER, HOURS
from mailer.api.models import ApiAttempt
from mailer.clock import now
from mailer.db import db, transaction
from mailer.retention import jobs as retention
from mailer.subscriptions.models import MailingList

LIST = {
    "name": "La lettre du port",
    "description": "Les travaux du port",
    "frequency": "Une fois par mois",
    "aim": "Informer les riverains",
}
KEY = {"Idempotency_Key": '"8e03978e-40d5-43e6-bc93-6fd5b1d8d8f5"'}
PAGE = Path(__file__).parents[2] / "docs" / "api.md"


def lists():
    return db.session.scalar(select(func.count(MailingList.id)))


def test_the_second_time_the_first_answer_is_given_again(program):
    site = program("lists:write")

    first, second = site.post("/lists", LIST, **KEY), site.post("/lists", LIST, **KEY)

    assert lists() == 1
    assert second.json == first.json
    assert second.status_code == 201
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Idempotency-Replayed"] == "true"


def test_another_body_under_the_same_key_is_refused(program):
    site = program("lists:write")
    site.post("/lists", LIST, **KEY)

    other = site.post("/lists", LIST | {"name": "Une autre"}, **KEY)

    assert (other.status_code, other.json["code"]) == (422, "idempotency-key-reused")
    assert lists() == 1


def test_two_programs_may_choose_the_same_key(program):
    program("lists:write").post("/lists", LIST, **KEY)
    program("lists:write").post("/lists", LIST, **KEY)

    assert lists() == 2


def test_while_the_first_is_under_way_the_second_is_told_so(program):
    site = program("lists:write")
    site.post("/lists", LIST, **KEY)
    with transaction():
        running = update(ApiAttempt).values(status=None, answer=None)
        db.session.execute(running)

    waiting = site.post("/lists", LIST, **KEY)
    with time_machine.travel(now() + timedelta(minutes=2), tick=False):
        after_a_crash = site.post("/lists", LIST, **KEY)

    assert (waiting.status_code, waiting.json["code"]) == (409, "in-flight")
    assert waiting.headers["Retry-After"] == "1"
    assert after_a_crash.status_code == 201


def test_what_was_refused_may_be_mended_under_the_same_key(program):
    site = program("articles:write")
    article = {"title": "Travaux", "url": "https://www.exemple.fr/1"}
    site.post("/articles", article)

    refused = site.post("/articles", article, **KEY)
    mended = site.post("/articles", article | {"url": "https://www.exemple.fr/2"}, **KEY)

    assert refused.status_code == 409
    assert mended.status_code == 201


def test_after_a_day_the_key_is_new_and_the_purge_forgets_it(program):
    site = program("lists:write")
    site.post("/lists", LIST, **KEY)

    with time_machine.travel(now() + timedelta(days=1, minutes=1), tick=False):
        again = site.post("/lists", LIST, **KEY)
    with time_machine.travel(now() + timedelta(days=3), tick=False):
        retention.purge()

    assert again.status_code == 201
    assert lists() == 2
    assert db.session.scalar(select(func.count(ApiAttempt.key_id))) == 0


def test_how_long_an_answer_is_kept_is_published_as_it_is(visitor):
    told = f"for {HOURS} hours"
    document = visitor.get("/api/v1/openapi.json").json

    (header,) = (
        each
        for each in document["paths"]["/api/v1/lists"]["post"]["parameters"]
        if each["name"] == HEADER
    )
    assert told in header["description"]
    assert told in visitor.get("/api?lang=en").text
    assert told in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ['""', 'a"', '"a', '"'])
def test_what_is_no_key_is_none(program, key):
    assert program().post("/lists", LIST, Idempotency_Key=key).status_code == 422
