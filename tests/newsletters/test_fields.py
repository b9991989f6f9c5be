import pytest

from mailer.errors import Invalid
from mailer.newsletters.content import Rendered
from mailer.newsletters.fields import MARK, filled, mark, pieces, previewed, unknown


def test_a_known_field_becomes_a_word_of_letters_and_digits():
    assert mark("{{prenom|cher lecteur}}").isalnum()


def test_an_unknown_field_stays_as_typed_and_is_named():
    assert (mark("{{nom}}"), unknown("{{nom}} {{prenom}}")) == ("{{nom}}", ["nom"])


def test_a_person_with_no_value_gets_the_default():
    letter = Rendered("", "", mark("Bonjour {{ prenom|à vous }} !"))
    assert filled(letter, {}).text == "Bonjour à vous !"


def test_a_field_with_neither_value_nor_default_is_named():
    with pytest.raises(Invalid, match="prenom"):
        filled(Rendered("", "", mark("{{prenom}}")), {})


def test_a_value_cannot_open_a_tag_in_the_html():
    letter = Rendered("", mark("<p>{{prenom}}</p>"), "")
    assert filled(letter, {"prenom": "<b>"}).html == "<p>&lt;b&gt;</p>"


def test_a_value_cannot_break_the_subject_line():
    letter = Rendered(mark("Pour {{prenom}}"), "", "")
    assert filled(letter, {"prenom": "A\r\nBcc: x"}).subject == "Pour A Bcc: x"


def test_a_mark_that_came_with_a_text_is_not_a_field():
    assert not MARK.search(mark(mark("{{unsubscribe_url}}")))


def test_a_mark_within_a_mark_leaves_no_field():
    given = mark("{{unsubscribe_url}}")
    assert not MARK.search(mark(f"https://voleur.exemple.fr/zqfield{given}{given[7:]}"))


def test_a_letter_that_is_being_written_shows_what_people_will_read():
    letter = Rendered(mark("Pour {{prenom|vous}}"), "", mark("Bonjour {{prenom}}, {{joined_on}}"))

    shown = previewed(letter, {"joined_on": "hier"})
    assert (shown.subject, shown.text) == ("Pour vous", "Bonjour {{prenom}}, hier")


def test_pieces_refuse_an_unknown_field_by_its_name():
    with pytest.raises(Invalid, match="ville"):
        list(pieces("Bonjour {{ville}}"))
