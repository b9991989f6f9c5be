"""The manual as files: complete in both languages, and no link of it leads nowhere."""

from urllib.parse import urldefrag, urlsplit

import pytest
from click.testing import CliRunner
from lxml import html

from mailer.cli import commands
from mailer.manual import contents


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("manual")
    done = CliRunner().invoke(commands, ["docs", "--into", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def test_both_languages_have_the_same_pages():
    def names(language):
        return [(page.part, page.name) for page in contents.pages(language)]

    assert names("fr") == names("en")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_file_is_left_out_of_the_contents(language):
    there = set((contents.PLACE / language).rglob("*.md"))

    assert there == {page.file for page in contents.pages(language)}


def test_no_link_leads_nowhere(site):
    pages = {file: html.parse(str(file)) for file in site.rglob("*.html")}
    lost = [
        (str(file.relative_to(site)), address)
        for file, page in pages.items()
        for address in page.xpath("//@href | //@src")
        if not urlsplit(address).scheme and not is_there(file, address, pages)
    ]

    assert len(pages) > 2
    assert lost == []


def is_there(file, address, pages):
    path, section = urldefrag(address)
    target = (file.parent / path).resolve() if path else file
    if not target.is_file():
        return False
    return not section or bool(pages[target].xpath("//*[@id=$id]", id=section))


def test_every_picture_has_its_words(site):
    bare = [
        (file.name, picture.get("src"))
        for file in site.rglob("*.html")
        for picture in html.parse(str(file)).xpath("//img")
        if not picture.get("alt")
    ]

    assert bare == []
