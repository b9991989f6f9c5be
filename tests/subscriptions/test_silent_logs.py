"""After somebody has come and gone by every door, the logs name nobody (law: logs, minimised)."""

import re
from urllib.parse import urlsplit

import pytest
from lxml import html

from mailer.rights.kinds import Right

CAMILLE = "camille@exemple.fr"


def test_no_address_and_no_token_is_logged(person, postbox, capsys):
    person.asks()
    confirming = postbox.link("inscriptions")
    person.presses(confirming)
    leaving = postbox.link("desinscriptions")
    person.presses(leaving)
    person.browser.submit(
        "/droits/demandes", address=CAMILLE, rights=Right.ACCESS.value, message=""
    )
    person.browser.submit("/connexion", email=CAMILLE, passphrase="sept phares et une marée")

    told = "".join(capsys.readouterr())
    assert "event=request" in told
    secrets = [CAMILLE, "camille", *(re.split("[/]", path)[2] for path in (confirming, leaving))]
    assert [secret for secret in secrets if secret in told] == []


@pytest.mark.parametrize("start", ["/", "/droits", "/connexion", "/donnees-personnelles"])
def test_a_crawl_of_the_public_pages_meets_no_third_party_and_no_cookie(person, start):
    waiting, seen = [start], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = person.browser.get(path)
        assert "Set-Cookie" not in answer.headers, path
        if answer.mimetype != "text/html":
            continue
        tree = html.fromstring(answer.text)
        loaded = tree.xpath("//@src | //link/@href | //form/@action | //@srcset")
        assert [url for url in loaded if urlsplit(url).netloc] == [], path
        links = map(urlsplit, tree.xpath("//a/@href[starts-with(., '/')]"))
        waiting += [link.path for link in links if not link.path.startswith("/dev/")]

    assert len(seen) > 3
