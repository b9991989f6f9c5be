"""The HTML of other programs as light Markdown: words, links, stress, lists."""

import pytest

from mailer.newsletters.foreign import line, to_markdown
from mailer.newsletters.markdown import to_html

CASES = {
    "<p>Un <b>mot</b></p><p>Deux</p>": ["Un **mot**", "Deux"],
    "<table><tr><td>Lundi</td><td>Mardi</td></tr></table>": ["Lundi", "Mardi"],
    "<h2>Titre</h2>Texte": ["**Titre**", "Texte"],
    "<ul><li>Un</li><li><p>Deux</p></li></ul>": ["- Un\n- Deux"],
    "Une<br>deux": ["Une\ndeux"],
    "<p>- pas une liste</p>": ["\\- pas une liste"],
    "<p>*pas en gras*</p>": ["\\*pas en gras\\*"],
    '<a href="javascript:alert(1)">ici</a>': ["ici"],
    '<a href="https://port.example/a b">ici</a>': ["ici"],
    '<a href="https://port.example/a">ici</a>': ["[ici](<https://port.example/a>)"],
    '<a href="{{ UnsubscribeURL }}">Se désabonner</a>': [],
    '<a href="*|UNSUB|*">Se désabonner</a>': [],
    "<p>Bonjour *|FNAME|* {{ contact.NOM }} [MERGE_NOM]</p>": ["Bonjour"],
    '<div style="display: none">aperçu</div><script>x</script><style>y</style>': [],
    "": [],
}


@pytest.mark.parametrize("html", CASES)
def test_a_letter_is_its_words(html):
    assert to_markdown(html) == CASES[html]


def test_hostile_markup_ends_and_says_nothing_but_words():
    deep = "<div>" * 5_000 + "<b onclick=x>fin</b>" + "<svg><script>alert(1)</script></svg>"

    drawn = to_html("\n\n".join(to_markdown(deep)))

    assert "onclick" not in drawn
    assert "alert" not in drawn


def test_a_subject_loses_what_stood_for_its_reader():
    assert line("*|FNAME|*, la lettre\nde {{ mois }}") == ", la lettre de"
