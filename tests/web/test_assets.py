"""What a browser keeps of our files, and how much it must load."""

import re
from pathlib import Path

from mailer.resources import folder


def test_a_static_file_under_its_checksum_is_kept_for_a_year(app, visitor):
    with app.test_request_context():
        address = app.url_for("static", filename="app.css")

    assert "v=" in address
    assert visitor.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_static_file_without_it_is_kept_for_an_hour(visitor):
    assert visitor.get("/static/app.css").headers["Cache-Control"] == "public, max-age=3600"


def test_a_static_file_that_is_not_there_is_not_kept(visitor):
    assert "max-age" not in visitor.get("/static/rien.css").headers.get("Cache-Control", "")


def test_no_page_of_the_desk_leaves_out_what_all_of_them_load():
    pages = [path.read_text() for path in folder("templates").rglob("*.html")]
    own = [text for text in pages if '"web/desk.html"' in text and "{% block head %}" in text]

    assert own
    assert [text for text in own if "{% block head %}{{ super() }}" not in text] == []


def carried(visitor, path, kinds):
    """The bytes that a page makes a browser load: itself, and what it names of those kinds."""
    page = visitor.get(path)
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    style = visitor.get(next(each for each in named if "app.css" in each)).text
    fonts = [f"/static/{each}" for each in re.findall(r"url\(([\w./-]+woff2)\)", style)]
    wanted = [each for each in (*named, *fonts) if each.partition("?")[0].endswith(kinds)]
    return len(page.data) + sum(len(visitor.get(each).data) for each in set(wanted))


def test_the_page_that_signs_up_weighs_less_than_100_kilobytes_with_its_fonts(visitor, app):
    assert 60_000 < carried(visitor, "/", (".css", ".woff2", ".js")) <= 100_000
    assert "<script" not in visitor.get("/").text


def test_the_desk_carries_less_than_60_kilobytes_of_script(app):
    elsewhere = {"ml-subscribe.js", "proof.js", "proof-worker.js"}
    scripts = [each for each in Path(app.static_folder).glob("*.js") if each.name not in elsewhere]

    assert 30_000 < sum(each.stat().st_size for each in scripts) <= 60_000
