"""No template says anything that is not up for translation."""

import re

import pytest
from jinja2 import Environment

from mailer.resources import folder

# What is read by nobody: comments, styles, tags, entities.
SILENT = re.compile(r"<!--.*?-->|<style.*?</style>|<[^<>]*>|&#?\w+;", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]+")
# Attributes that are read aloud or shown.
SPOKEN = re.compile(r"""\b(?:alt|title|aria-label|placeholder)=(["'])(.*?)\1""", re.DOTALL)
# Names and units, the same in every language.
PROPER = {"kB", "HTML"}

# The demo's articles are a French site of its own, not a page of ours.
ARTICLE = folder("templates") / "demo" / "article.html"

# A letter of the desk for rights is written whole in each language, as a notice is.
WHOLE = {
    path
    for language in ("fr", "en")
    for path in (folder("templates") / "rights" / "letters" / language).iterdir()
}

# The width of a page is the name of a class; a macro may give nothing but attributes.
UNSPOKEN = re.compile(
    r"""{% block width %}\w+{% endblock %}| aria-(?:invalid|describedby)="[^"]*\""""
)

TEMPLATES = sorted(
    {*folder("templates").rglob("*.html"), *folder("templates").glob("emails/**/*.txt")}
    - {ARTICLE}
    - WHOLE
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_has_no_words_of_its_own(path):
    literal = "".join(
        value
        for _, kind, value in Environment(autoescape=True).lex(UNSPOKEN.sub("", path.read_text()))
        if kind == "data"
    )
    spoken = " ".join(words for _, words in SPOKEN.findall(literal))

    assert set(LETTERS.findall(f"{SILENT.sub(' ', literal)} {spoken}")) - PROPER == set()
