"""The administrator says at the desk which programs are told."""

import json

import pytest
from webhooks.receiver import expected

from mailer.clock import now
from mailer.db import db
from mailer.webhooks import jobs, queries


def test_the_desk_adds_a_program_shows_its_secret_once_and_tries_it(staff, receiver):
    admin = staff("admin")
    wrong = admin.submit("/bureau/webhooks", url="ftp://exemple.fr", kinds=[])
    made = admin.submit("/bureau/webhooks", url=receiver.url, kinds=["letter.approved"])
    row = queries.endpoints()[0]
    admin.submit(f"/bureau/webhooks/{row.id}/essai")
    jobs.send_webhooks()

    assert wrong.status_code == 422
    [secret] = queries.secrets_of(row, now())
    assert secret in made.text
    assert secret not in admin.get(f"/bureau/webhooks/{row.id}").text
    [(headers, body)] = receiver.got
    assert json.loads(body)["type"] == "test"
    assert headers["webhook-signature"] == expected(secret, headers, body)
    assert receiver.url in admin.get(f"/bureau/webhooks/{row.id}/retrait").text
    admin.submit(f"/bureau/webhooks/{row.id}/retrait")
    assert queries.endpoints() == []


@pytest.mark.parametrize(
    "url",
    [
        "https://",
        "https://nora:secret@exemple.fr/hook",
        "https://exemple.fr:x/",
        "http://a b",
        "https://exemple.fr:8443/hook",
        "http://10.1.2.3/hook",
    ],
)
def test_an_address_that_could_never_be_asked_is_not_taken(staff, url):
    assert staff("admin").submit("/bureau/webhooks", url=url, kinds=[]).status_code == 422
    assert queries.endpoints() == []


def test_the_desk_says_who_takes_nothing_any_more(staff, receiver, left, endpoint):
    receiver.status = 500
    jobs.send_webhooks()

    admin = staff("admin")
    assert "Ne prend plus rien depuis" in admin.get(f"/bureau/webhooks/{endpoint}").text
    assert "ne répond pas" in admin.get("/bureau/webhooks").text


def test_the_desk_says_how_long_the_former_secret_signs_before_it_changes(staff, receiver):
    admin = staff("admin")
    admin.submit("/bureau/webhooks", url=receiver.url, kinds=[])
    row = queries.endpoints()[0]
    [before] = queries.secrets_of(row, now())

    asked = admin.get(f"/bureau/webhooks/{row.id}/secret").text

    assert "L’ancien signe à côté de lui jusqu’au" in asked
    assert queries.secrets_of(row, now()) == [before]
    assert before not in admin.submit(f"/bureau/webhooks/{row.id}/secret").text
    db.session.refresh(row)
    assert before in queries.secrets_of(row, now())[1:]
