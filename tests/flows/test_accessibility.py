"""Every page that a link leads to, light and dark, on a phone and on a desk."""

from collections.abc import Iterator

import pytest
from flows.test_main_job import sign_in
from flows.walking import Walk, look, validated
from mail.parsers.programs import packages
from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(1800),
    pytest.mark.xdist_group("accessibility"),
]

# Pages that stand on other sites, or that no link of ours leads to.
UNLINKED = ["/listes/lettre", "/integration/lettre", "/demo/integration", "/gestion"]
READERS = {"": ["/", *UNLINKED], "admin": ["/bureau"], "staff": ["/bureau"], "dpo": ["/bureau"]}


@pytest.fixture(scope="module")
def programs():
    """The folder of the programs of npm, or why they are not there."""
    try:
        return packages() / "node_modules", ""
    except pytest.skip.Exception as error:
        return None, str(error)


@pytest.fixture(scope="module")
def walk(chromium: Browser, demo, programs) -> Iterator[Walk]:
    """The pages of a visitor, then those that each colleague is shown besides."""
    folder, _ = programs
    sniffer = (folder / "html_codesniffer/build/HTMLCS.js").read_text() if folder else None
    made = Walk()
    for reader, starts in READERS.items():
        context = chromium.new_context(base_url=demo.url, locale="fr-FR")
        page = context.new_page()
        if reader:
            sign_in(page, demo.account(reader))
        look(made, page, starts, sniffer)
        context.close()
    return made


def test_axe_finds_no_fault_and_no_page_scrolls_sideways(walk):
    assert walk.axe == {}


def test_html_codesniffer_finds_no_fault(walk, programs):
    if programs[1]:
        pytest.skip(programs[1])
    assert walk.sniffed == {}


def test_html_validate_finds_no_fault(walk, programs, tmp_path):
    folder, why = programs
    if why:
        pytest.skip(why)
    assert validated(folder / ".bin/html-validate", walk.sources, tmp_path) == {}
