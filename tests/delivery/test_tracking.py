import re

import pytest
from newsletters.letters import LETTER

from mailer.consent.tracking import NOTHING, Measured, Mode
from mailer.delivery.tracking import EXIT, TOKEN, Gate, Marks, links_of, versions
from mailer.newsletters.render import render

OURS = "https://lettre.exemple.fr"
BASE = f"{OURS}/m/c1-proof"
RENDERED = render(LETTER)
LINKS = {url: n for n, url in enumerate(links_of(RENDERED.html, OURS), start=1)}
MARKS = Marks(BASE, LINKS, "Suivi : désactiver", "Suivi : désactivé")
IMAGE = re.compile(r'<img [^>]*src="([^"]+)"')


def gate(*modes):
    return Gate(modes, asked_for=True)


def drawn(mode):
    return dict(versions(RENDERED, gate(mode), MARKS))


def hrefs(html):
    return set(re.findall(r'href="(https?://[^"]+)"', html))


def test_where_nothing_is_measured_the_letter_is_what_was_approved():
    assert drawn(Mode.NONE) == {NOTHING: RENDERED}


def test_one_mode_of_none_shuts_all_others():
    assert gate(Mode.INDIVIDUAL, Mode.NONE, Mode.AGGREGATE).is_shut


@pytest.mark.parametrize(
    ("mode", "ways"),
    [
        (Mode.AGGREGATE, 4),
        (Mode.LAST_OPEN_DATE, 2),
        (Mode.INDIVIDUAL, 4),
    ],
)
def test_a_letter_is_drawn_once_for_each_way_of_measuring(mode, ways):
    assert len(drawn(mode)) == ways


@pytest.mark.parametrize("mode", Mode)
def test_who_is_not_measured_gets_no_pixel_and_the_original_links(mode):
    html = drawn(mode)[NOTHING].html
    assert IMAGE.findall(html) == IMAGE.findall(RENDERED.html)
    assert BASE not in html
    assert hrefs(RENDERED.html) <= hrefs(html)


def test_opens_alone_leave_the_links_alone():
    html = drawn(Mode.INDIVIDUAL)[Measured(opens=Mode.INDIVIDUAL)].html
    assert hrefs(RENDERED.html) <= hrefs(html)
    assert BASE in IMAGE.findall(html)


def test_clicks_alone_bring_no_pixel():
    html = drawn(Mode.INDIVIDUAL)[Measured(clicks=Mode.INDIVIDUAL)].html
    assert BASE not in IMAGE.findall(html)
    assert not hrefs(html) & LINKS.keys()


def test_the_pages_where_one_leaves_are_never_measured():
    own = f'<a href="{OURS}/droits">a</a><a href="{OURS}">b</a><a href="https://exemple.fr/">c</a>'
    assert links_of(own, OURS) == ["https://exemple.fr/"]


def test_a_site_whose_name_begins_like_ours_is_another_site():
    assert links_of(f'<a href="{OURS}.evil.example/">a</a>', OURS) == [f"{OURS}.evil.example/"]


def test_a_link_that_holds_a_field_is_left_as_it_is():
    assert links_of(f'<a href="https://exemple.fr/?p={TOKEN.mark()}">a</a>', OURS) == []


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.NONE])
def test_every_mail_of_a_measured_letter_has_the_exit_in_both_parts(mode):
    exits = {
        (letter.html.count(EXIT.mark()), letter.text.count(EXIT.mark()))
        for letter in drawn(mode).values()
    }
    assert exits == {(1, 1)}


def test_the_exit_says_whether_there_is_something_to_end():
    letters = drawn(Mode.INDIVIDUAL)
    assert "Suivi : désactivé<" in letters[NOTHING].html
    assert "Suivi : désactiver<" in letters[Measured(opens=Mode.INDIVIDUAL)].html


@pytest.mark.parametrize("mode", Mode)
def test_the_text_part_keeps_its_links(mode):
    assert all(BASE not in letter.text for letter in drawn(mode).values())
