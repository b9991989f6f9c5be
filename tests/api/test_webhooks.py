"""Webhooks, through the API: added with a secret of one's own, tried, changed, removed."""

from base64 import b64encode

import pytest

HOOK = {
    "url": "https://portail.exemple.fr/hook",
    "kinds": ["letter.approved"],
    "secret": "whsec_" + b64encode(bytes(range(32))).decode(),
}


def test_a_webhook_is_added_changed_tried_and_removed(program):
    site = program("webhooks:read", "webhooks:write")

    made = site.post("/webhooks", HOOK, Idempotency_Key="a")
    again = site.post("/webhooks", HOOK, Idempotency_Key="a")
    path = f"/webhooks/{made.json['id']}"
    changed = site.patch(path, {"kinds": []}, made.headers["ETag"])
    tried = site.post(f"{path}/test")
    sent = site.post(f"/webhook-deliveries/{tried.json['id']}/resend")
    listed = site.get("/webhook-deliveries").json["data"]
    gone = site.send("DELETE", path, If_Match=changed.headers["ETag"])

    assert "secret" not in made.json
    assert again.json == made.json
    assert changed.json["kinds"] == []
    assert (tried.json["type"], tried.json["state"]) == ("test", "queued")
    assert [each["id"] for each in listed] == [sent.json["id"]]
    assert gone.status_code == 204
    assert site.get("/webhook-deliveries").json["data"] == []


def test_a_secret_that_is_none_is_refused(program):
    answer = program().post("/webhooks", HOOK | {"secret": "whsec_" + "A" * 33})

    assert answer.json["errors"][0] | {"detail": ""} == {
        "code": "secret",
        "detail": "",
        "pointer": "#/secret",
    }


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://nora:secret@exemple.fr/hook", "link"),
        ("ftp://exemple.fr/hook", "link"),
        ("https://exemple.fr:8443/hook", "port"),
        ("http://10.1.2.3/hook", "inside"),
    ],
)
def test_an_address_that_could_never_be_asked_is_refused_with_its_reason(program, url, code):
    site = program()

    assert site.post("/webhooks", HOOK | {"url": url}).json["errors"][0]["code"] == code
    assert site.get("/webhooks").json["data"] == []


@pytest.mark.parametrize("url", ["https://mairie-évry.fr/été", "https://exemple.fr?x=1"])
def test_what_the_form_takes_is_taken(program, url):
    site = program()

    article = {"title": "Le quai ferme", "url": url}
    assert site.post("/webhooks", HOOK | {"url": url}).json["url"] == url
    assert site.post("/articles", article).json["url"] == url
