"""A page of the manual: title, sections, links."""

import pytest

from mailer.errors import Invalid
from mailer.manual.links import leading
from mailer.manual.text import anchor, read

LEAD = leading("do", lambda part, name: f"/{part}/{name}", lambda name: f"/pictures/{name}")


def test_a_page_has_the_title_that_its_file_begins_with():
    text = read("# Relever un flux\n\nSous *Sources*.\n", LEAD)

    assert text.title == "Relever un flux"
    assert text.html == "<p>Sous <em>Sources</em>.</p>\n"


def test_a_page_without_a_title_is_refused():
    with pytest.raises(Invalid):
        read("Sous *Sources*.\n", LEAD)


def test_a_section_can_be_led_to():
    text = read("# Relais\n\n## Où l’écrire\n\n### Détail\n", LEAD)

    assert [(one.id, one.title) for one in text.sections] == [("ou-lecrire", "Où l’écrire")]
    assert '<h2 id="ou-lecrire">' in text.html


@pytest.mark.parametrize(
    ("written", "led"),
    [
        ("feeds.md", "/do/feeds"),
        ("../understand/ledger.md#keys", "/understand/ledger#keys"),
        ("../../../images/lettre.png", "/pictures/lettre.png"),
        ("https://diataxis.fr/", "https://diataxis.fr/"),
        ("#here", "#here"),
        ("../../../README.md", "../../../README.md"),
    ],
)
def test_a_link_leads_where_the_page_is_shown(written, led):
    assert LEAD(written) == led


def test_what_a_page_says_of_html_is_shown_not_obeyed():
    assert "&lt;script&gt;" in read("# Poser le formulaire\n\n<script>x</script>\n", LEAD).html


def test_an_id_has_no_accent():
    assert anchor("Réglages : d’où ils viennent") == "reglages-dou-ils-viennent"
