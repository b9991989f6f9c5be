"""The desk of letters, through its pages."""

import re

import pytest
from newsletters.composing import approve
from newsletters.letters import LETTER

from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.newsletters import queries, sent_articles
from mailer.newsletters.blocks import parse
from mailer.subscriptions.pausing import Frequency

POLICY = "Content-Security-Policy"


def fields(browser, issue_id):
    """What the composer's form would post."""
    page = browser.get(f"/bureau/lettres/{issue_id}").text
    issue = queries.issue(issue_id)
    typed = {"subject": issue.subject, "preheader": issue.preheader, "revision": issue.revision}
    typed["block"] = re.findall(r'name="block" value="([^"]+)"', page)
    for block in parse(issue.blocks):
        for name, value in vars(block.props).items():
            if value is not False:
                typed[f"{block.id}-{name}"] = [*value] if isinstance(value, tuple) else value
    return typed


def saved(issue_id):
    db.session.expire_all()
    return queries.issue(issue_id)


def order(issue_id):
    return [block.id for block in parse(saved(issue_id).blocks)]


def test_an_empty_desk_teaches_the_way(editor):
    assert "quatre gestes" in editor.get("/bureau/lettres").text


def test_letters_are_listed_with_their_state(editor, draft):
    page = editor.get("/bureau/lettres").text
    assert LETTER.subject in page
    assert "Brouillon" in page


def test_a_stranger_is_sent_to_the_door(visitor, draft):
    assert visitor.get(f"/bureau/lettres/{draft}").status_code == 303


def test_a_letter_is_made_for_a_list(editor, mailing_list):
    answer = editor.submit("/bureau/lettres", list=mailing_list, language="fr")
    assert answer.status_code == 303
    assert editor.get(answer.location).status_code == 200


def test_ticked_articles_are_copied_into_the_letter(editor, mailing_list, articles):
    ticked = articles["Le train des plages"]
    answer = editor.submit("/bureau/lettres", list=mailing_list, article=ticked)
    assert 'value="https://estran.exemple.fr/train"' in editor.get(answer.location).text


def test_an_article_that_was_sent_says_in_which_letter(editor, mailing_list, articles):
    ticked = articles["Le phare rouvre"]
    editor.submit("/bureau/lettres", list=mailing_list, article=ticked)
    with transaction():
        sent_articles.record(1, mailing_list, [Frequency.EACH], now())
    assert "Déjà dans «\u00a0Le phare rouvre\u00a0»" in editor.get("/bureau/lettres/nouvelle").text


def test_a_letter_for_no_list_is_asked_for_one(editor, mailing_list):
    answer = editor.submit("/bureau/lettres", language="fr")
    assert answer.status_code == 422
    assert "Choisissez la liste" in answer.text


def test_what_the_composer_shows_saves_back_unchanged(editor, draft):
    before = queries.issue(draft).blocks
    assert editor.submit(f"/bureau/lettres/{draft}", **fields(editor, draft)).status_code == 303
    assert saved(draft).blocks == before


def test_a_button_moves_a_block_and_keeps_what_was_typed(editor, draft):
    typed = fields(editor, draft) | {"subject": "Neuf", "do": "lower:b1"}
    answer = editor.submit(f"/bureau/lettres/{draft}", **typed)
    assert answer.location.endswith("#bloc-b1")
    assert (order(draft)[:2], saved(draft).subject) == (["b2", "b1"], "Neuf")


def test_a_block_is_taken_out(editor, draft):
    editor.submit(f"/bureau/lettres/{draft}", **fields(editor, draft), do="remove:b2")
    assert "b2" not in order(draft)


def test_a_block_is_added_at_the_end(editor, draft):
    editor.submit(f"/bureau/lettres/{draft}", **fields(editor, draft), do="add:quote", after="b8")
    assert parse(saved(draft).blocks)[-1].type == "quote"


def test_an_address_that_cannot_be_one_is_shown_with_all_that_was_typed(editor, draft):
    typed = fields(editor, draft) | {"subject": "Gardé", "b3-url": "notre site"}
    answer = editor.submit(f"/bureau/lettres/{draft}", **typed)
    assert answer.status_code == 422
    assert 'value="Gardé"' in answer.text
    assert 'href="#b3-url"' in answer.text
    assert saved(draft).subject == LETTER.subject


@pytest.mark.parametrize("forged", [{"block": "b1:parts"}, {"block": "b1:"}, {"block": "B?:text"}])
def test_a_forged_block_is_refused_with_its_cure(editor, draft, forged):
    answer = editor.submit(f"/bureau/lettres/{draft}", **fields(editor, draft) | forged)
    assert answer.status_code == 422
    assert "Retirez-le" in answer.text


@pytest.mark.parametrize("forged", ["²", "9" * 30, ""])
def test_a_forged_revision_replaces_nothing(editor, draft, forged):
    typed = fields(editor, draft) | {"subject": "Forcé", "revision": forged}
    assert editor.submit(f"/bureau/lettres/{draft}", **typed).status_code == 409
    assert saved(draft).subject == LETTER.subject


def test_a_picture_of_an_impossible_size_is_drawn_at_its_place(editor, draft):
    typed = fields(editor, draft) | {"b2-width": "1", "b2-height": "9" * 400}
    editor.submit(f"/bureau/lettres/{draft}", **typed)
    assert editor.get(f"/bureau/lettres/{draft}/apercu").status_code == 200


def test_numbers_that_no_row_has_are_as_if_not_given(editor, mailing_list):
    assert editor.get(f"/bureau/lettres?avant={'9' * 30}").status_code == 200
    assert editor.submit("/bureau/lettres", list="9" * 30).status_code == 422


def test_the_second_of_two_editors_loses_nothing(editor, draft):
    typed = fields(editor, draft)
    editor.submit(f"/bureau/lettres/{draft}", **typed | {"subject": "La première"})
    answer = editor.submit(f"/bureau/lettres/{draft}", **typed | {"subject": "La seconde"})
    assert answer.status_code == 409
    assert 'value="La seconde"' in answer.text
    assert saved(draft).subject == "La première"


def test_the_second_editor_may_then_put_theirs_in_its_place(editor, draft):
    typed = fields(editor, draft)
    editor.submit(f"/bureau/lettres/{draft}", **typed)
    editor.submit(
        f"/bureau/lettres/{draft}", **typed | {"subject": "La seconde", "over": "3", "do": "mine"}
    )
    assert saved(draft).subject == "La seconde"


def test_the_preview_may_style_itself_and_reach_nothing(editor, draft):
    answer = editor.get(f"/bureau/lettres/{draft}/apercu")
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'" in answer.headers[POLICY]
    assert 'src="/medias/phare.jpg"' in answer.text


def test_the_preview_shows_the_dark_letter_on_any_screen(editor, draft):
    page = editor.get(f"/bureau/lettres/{draft}/apercu?vue=sombre").text
    assert "prefers-color-scheme" not in page


def test_the_composer_shows_the_letter_as_text(editor, draft):
    page = editor.get(f"/bureau/lettres/{draft}?vue=texte").text
    assert "Bonjour à toutes et à tous," in page


def test_the_check_page_names_what_blocks_and_what_is_advice(editor, draft):
    typed = fields(editor, draft) | {"b2-alt": "", "preheader": ""}
    editor.submit(f"/bureau/lettres/{draft}", **typed)
    page = editor.get(f"/bureau/lettres/{draft}/verification").text
    assert "Une chose à corriger" in page
    assert "texte de remplacement" in page
    assert "Il n’y a pas de texte d’aperçu" in page
    assert "points vérifiés" in page


def test_one_press_mends_the_typography_and_changes_no_word(editor, draft):
    typed = fields(editor, draft) | {"subject": "A propos du phare : l'essentiel"}
    editor.submit(f"/bureau/lettres/{draft}", **typed)
    editor.submit(f"/bureau/lettres/{draft}/typographie", revision=3)
    assert saved(draft).subject == "À propos du phare\u00a0: l’essentiel"
    assert saved(draft).revision == 4


def test_the_typography_of_a_letter_that_changed_since_is_left_alone(editor, draft):
    page = editor.submit(f"/bureau/lettres/{draft}/typographie", revision=1)
    assert page.status_code == 303
    assert saved(draft).revision == 2


def test_a_trial_goes_to_the_one_who_asks(editor, draft):
    editor.submit(f"/bureau/lettres/{draft}/essai")
    (mail,) = db.session.query(OutboxMessage)
    assert mail.origin == f"issue:{draft}"


def test_an_approved_letter_has_a_page_that_anybody_may_read(editor, visitor, draft):
    approve(editor, draft, 2)
    assert not saved(draft).is_draft
    path = queries.web_url(draft).partition("8000")[2]
    answer = visitor.get(path)
    assert LETTER.subject in answer.text
    assert "frame-ancestors 'none'" in answer.headers[POLICY]


def test_a_link_that_is_not_ours_shows_no_letter(visitor, app):
    assert visitor.get("/lettres/abc").status_code == 422


def test_a_letter_with_a_fault_stays_a_draft(editor, draft):
    editor.submit(f"/bureau/lettres/{draft}", **fields(editor, draft) | {"subject": ""})
    approve(editor, draft, 3)
    assert saved(draft).is_draft


def test_an_approved_letter_opens_on_its_check_page(editor, draft):
    approve(editor, draft, 2)
    answer = editor.get(f"/bureau/lettres/{draft}", follow_redirects=True)
    assert "Dupliquer" in answer.text


def test_a_section_is_frozen_into_blocks_that_can_be_edited(editor, mailing_list, articles):
    location = editor.submit("/bureau/lettres", list=mailing_list).location
    editor.submit(location, **fields(editor, 1), do="add:section")
    editor.submit(location, **fields(editor, 1), do="freeze:b1")
    blocks = parse(saved(1).blocks)
    assert {block.props.title for block in blocks} == set(articles)
    assert [block.type for block in blocks] == ["article", "article"]


def test_a_section_that_finds_nothing_stays_one(editor, mailing_list):
    location = editor.submit("/bureau/lettres", list=mailing_list).location
    editor.submit(location, **fields(editor, 1), do="add:section")
    editor.submit(location, **fields(editor, 1), do="freeze:b1")
    assert [block.type for block in parse(saved(1).blocks)] == ["section"]


def test_a_section_is_drawn_as_what_it_holds_and_kept_at_approval(editor, mailing_list, articles):
    location = editor.submit("/bureau/lettres", list=mailing_list).location
    editor.submit(location, **fields(editor, 1), do="add:section")
    assert "Le train des plages" in editor.get(f"{location}/apercu").text
    editor.submit(location, **fields(editor, 1) | {"subject": "La côte"})
    approve(editor, 1, saved(1).revision)
    assert not saved(1).is_draft
    assert {block.type for block in parse(saved(1).blocks)} == {"article"}
