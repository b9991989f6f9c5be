"""Saving by itself, conflicts and versions, through the desk."""

import pytest
from newsletters.composing import approve, blocks, fields, order, saved
from newsletters.letters import LETTER


def press(browser, issue_id, typed, do, **changes):
    return browser.submit(f"/bureau/lettres/{issue_id}", **(typed | changes | {"do": do}))


@pytest.fixture
def other(app, staff):
    """A second editor, with a name of the account's own."""
    return staff("editor", "sender")


def test_a_page_that_saves_by_itself_gets_back_only_what_changed(editor, draft):
    answer = press(editor, draft, fields(editor, draft), "autosave", subject="Tapé")
    assert (answer.status_code, saved(draft).subject) == (200, "Tapé")
    assert "Enregistré à" in answer.text
    assert "<h1" not in answer.text
    assert f'name="revision" value="{saved(draft).revision}"' in answer.text


def test_a_save_by_itself_tells_what_cannot_be_kept(editor, draft):
    typed = fields(editor, draft)
    answer = press(editor, draft, typed, "autosave", **{"b3-url": "notre site"})
    assert answer.status_code == 422
    assert 'href="#b3-url"' in answer.text
    assert "Pas encore enregistré" in answer.text


def test_undo_keeps_what_was_typed_as_a_version_to_go_forth_to(editor, draft):
    typed = fields(editor, draft)
    press(editor, draft, typed, "undo", subject="Tapé")
    assert saved(draft).subject == LETTER.subject
    press(editor, draft, fields(editor, draft), "redo")
    assert saved(draft).subject == "Tapé"


def test_taking_a_block_out_offers_to_bring_it_back(editor, draft):
    answer = press(editor, draft, fields(editor, draft), "remove:b2")
    page = editor.get(answer.location).text
    assert "Le bloc est retiré." in page
    assert f'action="/bureau/lettres/{draft}/blocs/b2/retour"' in page
    editor.submit(f"/bureau/lettres/{draft}/blocs/b2/retour")
    assert order(draft)[:3] == ["b1", "b2", "b3"]


def test_the_offer_to_bring_it_back_outlives_a_reload_and_no_other_page(editor, draft):
    place = f"/bureau/lettres/{draft}"
    action = f'action="{place}/blocs/b1/retour"'
    editor.submit(place, **fields(editor, draft), do="remove:b1")
    assert action in editor.get(place).text
    assert action in editor.get(place).text

    editor.submit(f"{place}/blocs/b1/retour")

    assert action not in editor.get(place).text
    editor.submit(place, **fields(editor, draft), do="remove:b1")
    assert action in editor.get(place).text
    editor.get("/bureau/lettres")
    assert action not in editor.get(place).text


def test_a_conflict_shows_both_versions_of_what_differs(editor, other, draft):
    typed = fields(editor, draft)
    press(other, draft, fields(other, draft), "", subject="Le titre de Camille")
    answer = press(editor, draft, typed, "", subject="Mon titre", preheader="Mon aperçu")
    assert answer.status_code == 409
    assert "Camille Morin a enregistré cette lettre" in answer.text
    assert answer.text.count("changé par vous deux") == 1
    assert answer.text.count('name="differs"') == 2
    assert 'value="Mon aperçu"' in answer.text


def test_a_save_by_itself_shows_the_conflict_too(editor, other, draft):
    typed = fields(editor, draft)
    press(other, draft, fields(other, draft), "", subject="Le titre de Camille")
    answer = press(editor, draft, typed, "autosave", subject="Mon titre")
    assert answer.status_code == 409
    assert "Réunir ainsi" in answer.text


def test_two_versions_are_united_part_by_part(editor, other, draft):
    typed = fields(editor, draft)
    theirs = fields(other, draft) | {"b3-label": "Venez", "subject": "Le titre de Camille"}
    press(other, draft, theirs, "")
    mine = typed | {"subject": "Mon titre", "b4-text": "Ma partie", "over": "3"}
    picks = {"differs": ["subject", "b3", "b4"], "pick-subject": "theirs", "pick-b3": "theirs"}
    assert press(editor, draft, mine | picks, "unite").status_code == 303
    assert saved(draft).subject == "Le titre de Camille"
    assert (blocks(draft)[2].props.label, blocks(draft)[3].props.text) == ("Venez", "Ma partie")


def test_versions_that_changed_again_are_not_united_unseen(editor, other, draft):
    typed = fields(editor, draft)
    press(other, draft, fields(other, draft), "", subject="Un")
    press(other, draft, fields(other, draft), "", subject="Deux")
    answer = press(editor, draft, typed, "unite", over="3")
    assert (answer.status_code, saved(draft).subject) == (409, "Deux")


def test_what_is_given_up_stays_among_the_versions(editor, other, draft):
    typed = fields(editor, draft)
    press(other, draft, fields(other, draft), "", subject="Le titre de Camille")
    press(editor, draft, typed, "theirs", subject="Mon titre")
    assert saved(draft).subject == "Le titre de Camille"
    assert "<td>Mon titre</td>" in editor.get(f"/bureau/lettres/{draft}/versions").text


def test_the_composer_tells_who_else_writes(editor, other, draft):
    press(other, draft, fields(other, draft), "", subject="Le titre de Camille")
    page = editor.get(f"/bureau/lettres/{draft}").text
    assert "Camille Morin écrit aussi dans cette lettre" in page
    assert "écrit aussi" not in other.get(f"/bureau/lettres/{draft}").text


def test_a_version_can_be_seen_and_taken_again(editor, draft):
    press(editor, draft, fields(editor, draft), "", subject="Neuf")
    path = f"/bureau/lettres/{draft}/versions/1"
    assert "Revenir à cette version" in editor.get(path).text
    assert LETTER.subject in editor.get(f"{path}/apercu").text
    editor.submit(f"{path}/retour")
    assert saved(draft).subject == LETTER.subject


def test_a_version_that_is_not_there_is_not_found(editor, draft):
    assert editor.get(f"/bureau/lettres/{draft}/versions/9").status_code == 404


def test_a_letter_without_a_save_says_what_versions_are(editor, draft):
    assert "laisse ici une version" in editor.get(f"/bureau/lettres/{draft}/versions").text


def test_an_approved_letter_goes_back_to_no_version(editor, draft):
    press(editor, draft, fields(editor, draft), "", subject="Neuf")
    approve(editor, draft, 3)
    assert editor.submit(f"/bureau/lettres/{draft}/versions/1/retour").status_code == 409


def test_the_live_preview_shows_what_the_mail_will_and_reaches_nothing(editor, draft):
    answer = editor.get(f"/bureau/lettres/{draft}/redaction/apercu?apparence=sombre")
    assert LETTER.subject in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "prefers-color-scheme" not in answer.text
