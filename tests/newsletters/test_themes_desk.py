"""Choosing how letters look, at the desk."""

import html
import io
import re

import pytest
from PIL import Image

from mailer.clock import now
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.newsletters import edition, operations, queries
from mailer.newsletters.models import Issue
from mailer.newsletters.render import render
from mailer.newsletters.themes import operations as operations_of_themes
from mailer.newsletters.themes import queries as themes
from mailer.newsletters.themes.theme import built_in
from mailer.newsletters.themes.tokens import Role

PLACE = "/bureau/lettres/apparence"
GAZETTE = built_in()["gazette"]


def fields(**changes):
    tokens = GAZETTE.tokens
    colours = {
        f"{role}-{scheme}": getattr(colour, scheme)
        for role, colour in tokens.colours.items()
        for scheme in ("light", "dark")
    }
    rest = {"text_font": "georgia", "title_font": "georgia", "width": "600", "radius": "0"}
    return colours | rest | changes


def series_of(draft):
    return queries.issue(draft).newsletter_id


def test_every_theme_is_shown_with_its_name(editor):
    page = editor.get(PLACE).text
    assert all(theme.titles["fr"] in page for theme in built_in().values())


@pytest.mark.parametrize("theme", built_in())
def test_a_theme_is_shown_drawn_light_and_dark(editor, theme):
    light = editor.get(f"{PLACE}/{theme}/apercu")
    dark = editor.get(f"{PLACE}/{theme}/apercu?apparence=sombre")
    assert light.status_code == dark.status_code == 200
    assert "@media all" in dark.text
    assert light.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_colours_that_are_chosen_are_those_of_the_next_letters(editor, draft):
    kept = editor.submit(f"{PLACE}/estran", **fields(**{"accent-light": "#5b2a86"}))
    assert kept.status_code == 303
    assert "#5b2a86" in render(edition.content(queries.issue(draft))).html


def test_what_a_series_chose_goes_before_what_all_have(editor, draft):
    series = series_of(draft)
    editor.submit(f"{PLACE}/estran", **fields(width="620"))
    editor.submit(f"{PLACE}/estran?serie={series}", **fields(width="500"))
    assert themes.look("estran", series).tokens.width == 500
    assert themes.look("estran", None).tokens.width == 620
    editor.submit(f"{PLACE}/estran/retrait?serie={series}")
    assert themes.look("estran", series).tokens.width == 620


def test_a_text_that_is_hard_to_read_is_refused_with_the_way_out(editor):
    answer = editor.submit(f"{PLACE}/gazette", **fields(**{"ink-dark": "#444444"}))
    assert answer.status_code == 422
    assert "«\u00a0Texte\u00a0» se lit mal sur «\u00a0Fond de la lettre\u00a0»" in answer.text
    assert 'value="#444444"' in answer.text
    assert themes.kept("gazette", None) is None


def test_a_contrast_is_never_rounded_up_to_what_is_asked(editor):
    answer = editor.submit(f"{PLACE}/gazette", **fields(**{"quiet-light": "#767676"}))
    assert "contraste est de 4,4 pour 1" in answer.text


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ink-light", "vert", "Écrivez la couleur comme #0b5d4e."),
        ("width", "900", "Donnez un nombre de 480 à 640."),
        ("radius", "-1", "Donnez un nombre de 0 à 24."),
        ("text_font", "comic", "Choisissez une police de la liste."),
    ],
)
def test_what_cannot_be_read_is_told_and_kept_as_typed(editor, name, value, words):
    answer = editor.submit(f"{PLACE}/gazette", **fields(**{name: value}))
    assert answer.status_code == 422
    assert words in answer.text


def test_contrasts_are_shown_before_anything_is_kept(editor):
    answer = editor.submit(f"{PLACE}/gazette/essai", **fields(**{"ink-light": "#bbbbbb"}))
    assert answer.status_code == 200
    assert "trop faible" in answer.text
    assert themes.kept("gazette", None) is None


def test_a_logo_is_drawn_anew_and_stands_in_the_letter(editor, draft):
    file = io.BytesIO()
    Image.new("RGB", (800, 300), "navy").save(file, "JPEG")
    file.seek(0)
    editor.submit(f"{PLACE}/estran", **fields(), logo=(file, "logo.jpg"))
    logo = themes.look("estran", None).logo
    assert (logo.width, logo.height) == (160, 60)
    assert editor.get(logo.image).mimetype == "image/png"
    assert logo.image in render(edition.content(queries.issue(draft))).html
    editor.submit(f"{PLACE}/estran", **fields(), no_logo="1")
    assert themes.look("estran", None).logo is None


def test_what_is_no_picture_is_refused(editor):
    answer = editor.submit(f"{PLACE}/estran", **fields(), logo=(io.BytesIO(b"GIF8"), "logo.gif"))
    assert answer.status_code == 422
    assert "n’est pas une image" in answer.text


def composer(draft):
    issue = queries.issue(draft)
    return {"subject": issue.subject, "preheader": "", "revision": str(issue.revision)}


def test_a_letter_takes_the_theme_that_is_chosen_beside_it(editor, draft):
    answer = editor.submit(
        f"/bureau/lettres/{draft}/theme", **composer(draft) | {"subject": "Tapé"}, theme="affiche"
    )
    assert answer.status_code == 303
    issue = queries.issue(draft)
    assert (issue.theme, issue.subject) == ("affiche", "Tapé")
    assert edition.content(issue).look.theme.name == "affiche"


def test_a_theme_that_is_not_offered_is_not_taken(editor, draft):
    answer = editor.submit(f"/bureau/lettres/{draft}/theme", **composer(draft), theme="../x")
    assert answer.status_code == 404
    assert queries.issue(draft).theme == "estran"


def test_an_approved_letter_keeps_what_was_drawn(editor, draft):
    with transaction():
        operations.approve(queries.issue(draft), 2, "account:1", now())
    before = queries.letter(draft).html
    editor.submit(f"{PLACE}/estran", **fields(**{"accent-light": "#5b2a86"}))
    assert queries.letter(draft).html == before
    refused = editor.submit(f"/bureau/lettres/{draft}/theme", **composer(draft), theme="affiche")
    assert refused.status_code == 409
    assert queries.issue(draft).theme == "estran"


def test_the_next_letter_of_a_series_has_the_theme_of_the_last(editor, draft):
    with transaction():
        issue = db.session.get(Issue, draft)
        issue.theme = "gazette"
        following = operations.draft_issue(issue.newsletter, [], "fr", now(), "account:9").id
        copy = operations.duplicate(issue, now(), "account:9").id
    assert queries.issue(following).theme == queries.issue(copy).theme == "gazette"


def test_an_unknown_theme_or_series_is_not_found(editor):
    assert editor.get(f"{PLACE}/mauve").status_code == 404
    assert editor.get(f"{PLACE}/estran?serie=999").status_code == 404


def test_who_only_sends_letters_does_not_dress_them(staff):
    assert staff("sender").get(PLACE).status_code == 404


def test_the_roles_are_all_named_to_people(editor):
    page = editor.get(f"{PLACE}/estran").text
    assert all(f'id="{role}-dark"' in page for role in Role)


def test_what_was_typed_is_drawn_before_it_is_kept(editor):
    tried = editor.submit(f"{PLACE}/estran/essai", **fields(**{"accent-light": "#5b2a86"})).text
    (address, *_) = re.findall(r'src="(/bureau/lettres/apparence/estran/apercu[^"]*)"', tried)
    drawn = editor.get(html.unescape(address)).text
    assert "#5b2a86" in drawn
    assert "#5b2a86" not in editor.get(f"{PLACE}/estran/apercu").text


def test_a_theme_is_not_chosen_over_what_somebody_else_saved(draft):
    with transaction():
        issue = queries.locked(draft)
        with pytest.raises(Conflict):
            operations_of_themes.choose(issue, "gazette", issue.revision - 1, now())
