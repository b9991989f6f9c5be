"""A letter read back from its one source."""

import pytest

from mailer.rights.parts import Block, Part, Shape, as_text, read

SOURCE = """<h1>Votre   demande</h1>
<section data-says="due free"><p>Le
<strong>22</strong> : <br>voilà &lt;b&gt;.</p></section>
<section data-free="remark"><h2>Et</h2><ul><li>un</li><li>deux</li></ul>
<a href="https://exemple.fr">Voir</a></section>"""


def test_the_parts_say_their_mentions_and_hold_their_blocks():
    paragraph = Block(Shape.PARAGRAPH, "Le 22 :\nvoilà <b>.", is_strong=True)
    assert read(SOURCE).parts[0] == Part(("due", "free"), "", (paragraph,))


def test_the_title_is_one_line():
    assert read(SOURCE).title == "Votre demande"


def test_the_text_part_has_the_same_words_without_markup():
    assert as_text(read(SOURCE)) == (
        "Le 22 :\nvoilà <b>.\n\nEt\n\n- un\n- deux\n\nVoir\nhttps://exemple.fr"
    )


def test_a_link_inside_a_sentence_is_part_of_it():
    source = '<section><p>Voir <a href="https://exemple.fr">ici</a>.</p></section>'
    assert [block.text for block in read(source).parts[0].blocks] == ["Voir ici."]


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
def test_french_spaces_are_kept(space):
    assert read(f"<section><p>Oui{space}!</p></section>").parts[0].text.startswith(f"Oui{space}!")
