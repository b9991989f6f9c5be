"""What leaves: law.md 9, rows 17 and 20."""

import re

import pytest
from delivery.looks import html as html_of
from flask import current_app
from sqlalchemy import select

from mailer.consent.tracking import Mode
from mailer.db import db
from mailer.delivery.engagement import MeasuredLink

WAYS_TO_ANSWER = ("unknown", "granted", "refused", "withdrawn")
ARTICLE = "https://exemple.fr/phare"
OWN = re.compile(r"http://127\.0\.0\.1:8000/(?:desinscriptions|suivi|pourquoi|gestion)/[\w.~-]+")


def remote_images(html):
    return re.findall(r'<img [^>]*src="(https?:[^"]+)"', html)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("answered", WAYS_TO_ANSWER)
def test_only_a_yes_brings_a_pixel_and_links_of_ones_own(measured_mail, mode, answered):
    html = measured_mail(mode, answered)
    own = re.findall(r"/m/d\d+-", html)
    assert bool(own) is (
        (mode, answered) == (Mode.INDIVIDUAL, "granted") or is_dated(mode, answered)
    )


def is_dated(mode, answered):
    """The exemption for the date of the last opening: a pixel of one's own, and no link."""
    return mode is Mode.LAST_OPEN_DATE and answered in {"unknown", "granted"}


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("answered", ["refused", "withdrawn"])
def test_a_no_means_no_pixel_and_the_original_links_in_every_mode(measured_mail, mode, answered):
    html = measured_mail(mode, answered)
    assert (remote_images(html), ARTICLE in html, "/m/" in html) == ([], True, False)


@pytest.mark.parametrize("answered", WAYS_TO_ANSWER)
def test_the_date_of_the_last_opening_leaves_the_links_alone(measured_mail, answered):
    assert ARTICLE in measured_mail(Mode.LAST_OPEN_DATE, answered)


def test_a_mail_of_a_new_installation_measures_nothing_and_does_not_speak_of_it(
    subscribe, send, relay
):
    subscribe(1)
    send()
    html = html_of(relay.taken[0])
    assert (remote_images(html), ARTICLE in html, "uivi" in html) == ([], True, False)


def test_in_aggregate_everybody_gets_the_same_mail(allow, subscribe, send, relay):
    allow(Mode.AGGREGATE)
    subscribe(2)
    send()
    first, second = (OWN.sub("", html_of(envelope)) for envelope in relay.taken)
    assert first == second
    assert len(remote_images(first)) == 1


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.NONE])
def test_a_measured_mail_says_how_to_end_it(measured_mail, mode):
    assert "Suivi : désactiver" in measured_mail(mode, "granted")


def test_the_strictest_of_installation_list_and_letter_wins(allow, answer, subscribe, send, relay):
    allow(Mode.INDIVIDUAL)
    current_app.config["TRACKING"] = Mode.AGGREGATE.value
    subscribe(1)
    answer("p1@exemple.fr", "granted")
    send()
    assert set(re.findall(r"/m/(\w)\d+-", html_of(relay.taken[0]))) == {"c"}


def test_where_links_lead_is_kept_when_the_letter_starts(allow, subscribe, send):
    allow(Mode.AGGREGATE)
    subscribe(1)
    send()
    assert db.session.scalars(select(MeasuredLink.url)).all() == [ARTICLE]


def test_the_page_that_anybody_may_read_is_never_measured(allow, subscribe, send, relay, visitor):
    allow(Mode.INDIVIDUAL)
    subscribe(1)
    send()
    web_url = re.search(r"http://127\.0\.0\.1:8000(/lettres/[\w.-]+)", html_of(relay.taken[0]))[1]
    page = visitor.get(web_url).text
    assert ("/m/" in page, "/suivi/" in page) == (False, False)
