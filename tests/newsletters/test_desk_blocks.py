"""The blocks of a letter, through the composer's buttons and fields."""

import io

import pytest
from newsletters.composing import blocks, fields, order, saved
from PIL import Image

from mailer.db import db
from mailer.mail.models import OutboxMessage
from mailer.newsletters.block_types import TYPES


def press(browser, issue_id, do, **changes):
    """Press a button of the composer after these changes; the answer."""
    typed = fields(browser, issue_id) | changes | {"do": do}
    return browser.submit(f"/bureau/lettres/{issue_id}", **typed)


def png(width=40, height=20):
    written = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(written, "PNG")
    return written.getvalue()


def test_a_block_is_added_after_any_other(editor, draft):
    answer = press(editor, draft, "add:quote", after="b2")
    assert order(draft)[:4] == ["b1", "b2", "b9", "b3"]
    assert answer.location.endswith("#bloc-b9")


def test_a_block_is_added_before_the_first(editor, draft):
    answer = press(editor, draft, "add:heading", after="")
    assert order(draft)[:2] == ["b9", "b1"]
    assert answer.location.endswith("#bloc-b9")


def test_the_menu_of_blocks_opens_where_it_was_asked_for(editor, draft):
    answer = press(editor, draft, "menu:b2", subject="Gardé")
    page = editor.get(answer.location).text
    assert page.index('id="bloc-b2"') < page.index('name="after" value="b2"')
    assert page.index('name="after" value="b2"') < page.index('id="bloc-b3"')
    assert saved(draft).subject == "Gardé"


def test_the_menu_says_what_each_type_is_for(editor, draft):
    page = editor.get(f"/bureau/lettres/{draft}").text
    assert all(f'value="add:{kind}"' in page for kind in TYPES)
    assert "Un trait, pour respirer." in page


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_block_can_be_added_and_saved_unchanged(editor, draft, kind):
    press(editor, draft, f"add:{kind}", after="b2")
    before = blocks(draft)
    assert press(editor, draft, "").status_code == 303
    assert blocks(draft) == before


def test_a_block_is_doubled_below_itself(editor, draft):
    answer = press(editor, draft, "double:b2")
    first, second = blocks(draft)[1:3]
    assert (first.id, second.id, first.props) == ("b2", "b9", second.props)
    assert answer.location.endswith("#bloc-b9")


def test_a_block_may_be_for_some_readers_only(editor, draft):
    condition = {"b2-when-languages": ["en"], "b2-when-frequencies": ["monthly"]}
    press(editor, draft, "", **condition)
    assert blocks(draft)[1].when.languages == ("en",)
    assert blocks(draft)[1].when.frequencies == ("monthly",)
    page = editor.get(f"/bureau/lettres/{draft}").text
    assert '<span class="chip due" lang="en">English</span>' in page


def test_a_section_names_its_sources(editor, draft, articles):
    press(editor, draft, "add:section", after="b8")
    assert "Estran" in editor.get(f"/bureau/lettres/{draft}").text
    press(editor, draft, "", **{"b9-sources": ["1"]})
    assert blocks(draft)[-1].props.sources == (1,)


def test_a_given_picture_is_drawn_anew_and_kept(editor, draft):
    upload = (io.BytesIO(png()), "port.png")
    assert press(editor, draft, "", **{"b2-file": upload}).status_code == 303
    article = blocks(draft)[1].props
    assert (article.width, article.height) == (40, 20)
    assert editor.get(article.image).mimetype == "image/jpeg"
    assert f'src="{article.image}"' in editor.get(f"/bureau/lettres/{draft}").text


def test_a_file_that_is_no_picture_is_refused_with_its_cure(editor, draft):
    upload = (io.BytesIO(b"%PDF-1.7"), "port.pdf")
    answer = press(editor, draft, "", subject="Gardé", **{"b2-file": upload})
    assert answer.status_code == 422
    assert 'href="#b2-file"' in answer.text
    assert "JPEG, PNG, WebP ou GIF" in answer.text
    assert 'value="Gardé"' in answer.text


def test_a_picture_is_taken_off(editor, draft):
    press(editor, draft, "", **{"b2-without": "1"})
    article = blocks(draft)[1].props
    assert (article.image, article.width) == ("", 0)


def test_an_article_may_be_text_alone(editor, draft):
    press(editor, draft, "", **{"b2-layout": "text"})
    assert blocks(draft)[1].props.layout == "text"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.exemple.fr/page?a=1", "https://www.exemple.fr/page?a=1"),
        ("mairie@exemple.fr", "mailto:mairie@exemple.fr"),
        ("http://exemple.fr", "http://exemple.fr"),
    ],
)
def test_an_address_gets_the_scheme_that_people_leave_out(editor, draft, typed, kept):
    press(editor, draft, "", **{"b2-url": typed})
    assert blocks(draft)[1].props.url == kept


def test_what_is_no_address_comes_back_as_it_was_typed(editor, draft):
    answer = press(editor, draft, "", **{"b2-url": "notre page"})
    assert (answer.status_code, 'value="notre page"' in answer.text) == (422, True)


def test_a_trial_leaves_from_the_composer_with_what_was_just_typed(editor, draft):
    answer = press(editor, draft, "trial", subject="Essai du jour")
    (mail,) = db.session.query(OutboxMessage)
    assert mail.origin == f"issue:{draft}"
    assert saved(draft).subject == "Essai du jour"
    assert "L’essai part vers votre adresse" in editor.get(answer.location).text
