"""What a letter tells the sites that it leads to, when somebody chose so."""

import pytest
from delivery import looks
from delivery.pressing import press, words, work_after

from mailer.consent.tracking import Mode
from mailer.db import db, transaction
from mailer.delivery import pace, utm
from mailer.delivery.engagement import MeasuredLink
from mailer.delivery.models import Campaign
from mailer.delivery.utm import NOTHING, Utm
from mailer.newsletters.content import Rendered

ESTRAN = Utm("lettre", "email", "été 2026")
OWN = "https://lettre.exemple.fr"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://a.fr/p",
            "https://a.fr/p?utm_source=lettre&utm_medium=email&utm_campaign=%C3%A9t%C3%A9%202026",
        ),
        (
            "https://a.fr/p?x=1&y=%20#part",
            "https://a.fr/p?x=1&y=%20&utm_source=lettre&utm_medium=email&utm_campaign=%C3%A9t%C3%A9%202026#part",
        ),
        (
            "https://a.fr/?utm_source=site",
            "https://a.fr/?utm_source=site&utm_medium=email&utm_campaign=%C3%A9t%C3%A9%202026",
        ),
    ],
)
def test_what_is_missing_is_added_before_the_fragment(url, expected):
    assert utm.told(url, ESTRAN) == expected


def test_a_second_time_adds_nothing():
    once = utm.told("https://a.fr/p", ESTRAN)
    assert utm.told(once, ESTRAN) == once


def test_without_a_choice_nothing_is_touched():
    letter = Rendered("o", '<a href="https://a.fr/?x=1">a</a>', "https://a.fr/?x=1")
    assert utm.of_letter(letter, NOTHING, OWN) is letter


def test_our_own_pages_are_left_alone():
    html = f'<a href="{OWN}/desinscriptions/zqfield6c65617665qz">x</a><a href="https://a.fr">y</a>'
    drawn = utm.of_letter(Rendered("o", html, f"{OWN}/droits"), ESTRAN, OWN)
    assert f'href="{OWN}/desinscriptions/zqfield6c65617665qz"' in drawn.html
    assert drawn.html.count("utm_source") == 1
    assert drawn.text == f"{OWN}/droits"


def test_the_text_part_leads_where_the_page_does_and_no_address_is_cut():
    html = '<a href="https://a.fr/p">a</a><a href="https://a.fr/p/2?x=1&amp;y=2">b</a>'
    text = "a (https://a.fr/p)\nb (https://a.fr/p/2?x=1&y=2)\n"
    drawn = utm.of_letter(Rendered("o", html, text), Utm("l"), OWN)
    assert drawn.text == (
        "a (https://a.fr/p?utm_source=l)\nb (https://a.fr/p/2?x=1&y=2&utm_source=l)\n"
    )
    assert 'href="https://a.fr/p/2?x=1&amp;y=2&amp;utm_source=l"' in drawn.html


def test_a_letter_leaves_as_it_was_written_unless_somebody_chose(desk, letter, subscribe, relay):
    subscribe(1)
    press(desk, letter)
    work_after(pace.HOLD)
    assert "utm_" not in looks.html(relay.taken[0])


def test_the_chosen_values_leave_with_the_letter(desk, letter, subscribe, relay):
    subscribe(1)
    page = press(
        desk, letter, utm="y", utm_source="lettre", utm_medium="email", utm_campaign="phare"
    )
    work_after(pace.HOLD)
    sent = looks.html(relay.taken[0])
    asked = "utm_source=lettre&amp;utm_medium=email&amp;utm_campaign=phare"
    assert f"https://exemple.fr/phare?{asked}" in sent
    assert sent.count("utm_source") == sent.count("https://exemple.fr/phare")
    assert "lettre / email / phare" in words(desk.get(page.location))


def test_a_choice_without_a_source_is_asked_for_one(desk, letter, subscribe):
    subscribe(1)
    page = press(desk, letter, utm="y", utm_source=" ")
    assert page.status_code == 422
    assert "Donnez la source" in words(page)


def test_what_is_measured_leads_to_the_same_address(allow, answer, send, subscribe, scheduled):
    allow(Mode.INDIVIDUAL)
    with transaction():
        db.session.get_one(Campaign, scheduled).utm_source = "lettre"
    subscribe(1)
    answer("p1@exemple.fr", "granted")
    send()
    urls = db.session.scalars(db.select(MeasuredLink.url)).all()
    assert "https://exemple.fr/phare?utm_source=lettre" in urls
