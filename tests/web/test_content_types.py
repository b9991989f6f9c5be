import pytest

TEXTS = {
    "/static/app.css": "text/css",
    "/static/proof.js": "text/javascript",
    "/static/icon.svg": "image/svg+xml",
    "/static/LICENSE-htmx.txt": "text/plain",
    "/.well-known/security.txt": "text/plain",
    "/essai": "text/html",
    "/nulle-part": "text/html",
}


@pytest.mark.parametrize("path", TEXTS)
def test_what_is_text_says_its_charset(visitor, path):
    answer = visitor.get(path)

    assert answer.headers["Content-Type"].lower() == f"{TEXTS[path]}; charset=utf-8"


def test_a_font_and_json_say_what_they_are(visitor):
    font = "/static/fonts/bricolage-grotesque-latin-wght-normal.woff2"

    assert visitor.get(font).headers["Content-Type"] == "font/woff2"
    # RFC 8259, 8.1 and 11: JSON is UTF-8, and has no parameter that says so.
    schema = visitor.get("/static/schemas/portability-1.json")
    assert schema.headers["Content-Type"] == "application/json"
