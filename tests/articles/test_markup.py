import pytest

from mailer.articles import markup
from mailer.articles.markup import Image


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'emploi <em>en Seine</em>", "L'emploi en Seine"),
        ("Caf&eacute; &amp; th&#233;", "Café & thé"),
        ("Marée < 110 : attention", "Marée < 110 : attention"),
        ("Subject\r\nBcc: x@exemple.fr", "Subject Bcc: x@exemple.fr"),
        ("a\u2028b\u0085c\x00d", "a b…cd"),
        ("\u202eeluor\u202c \u2066x\u2069", "eluor x"),
        ("15 \x80", "15 €"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("<img src=x onerror=alert(1)>Titre", "Titre"),
    ],
)
def test_a_title_is_one_line_of_text(text, expected):
    assert markup.title(text) == expected


def test_a_long_text_is_cut_between_words():
    assert markup.shortened("un deux trois quatre", 12) == "un deux…"


def test_a_body_says_its_words_and_shows_its_first_picture():
    found = markup.body(
        "<style>p{}</style><p>Un <b>mot</b>.</p><p>Deux</p><script>no()</script>"
        '<img src="p.gif" width="1" height="1"><img src="/b.jpg" alt="Le port">',
        "https://a.fr/x/",
    )
    assert (found.text, found.image) == ("Un mot. Deux", Image("https://a.fr/b.jpg", "Le port"))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/a", "https://a.fr/a"),
        ("//b.fr/c", "https://b.fr/c"),
        ("http://b.fr/a b", "http://b.fr/a%20b"),
        ("http://b.fr/a\r\nX: y", "http://b.fr/aX:%20y"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        (" JavaScript:alert(1)", ""),
        ("data:image/png;base64,AAAA", ""),
        ("file:///etc/passwd", ""),
        ("http://[", ""),
        ("http:///a", ""),
        ("", ""),
        ("http://b.fr/" + "a" * 2000, ""),
    ],
)
def test_only_web_addresses_are_kept(address, expected):
    assert markup.web_url(address, "https://a.fr/x/") == expected
