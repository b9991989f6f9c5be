"""Every page that a link leads to, and those that none does, in four looks, by three programs."""

from collections.abc import Iterator

import pytest
from flows.beyond import SIGN_UP, Beyond, Shown, signed, take_the_share
from flows.test_main_job import sign_in
from flows.walking import EXTREMES, Walk, judge, look, validated
from mail.parsers.programs import packages
from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(1800),
    pytest.mark.xdist_group("accessibility"),
]

NOWHERE = {"": "/nulle-part", "staff": "/bureau/nulle-part"}
# Pages that stand on other sites, or that no link of ours leads to.
UNLINKED = ["/listes/lettre", "/integration/lettre", "/demo/integration", "/gestion"]
ACCOUNTS = ("admin", "staff", "dpo")
# The last one tries to sign in, then up, until this network has to wait.
READERS = {"": ["/", *UNLINKED], **{each: ["/bureau"] for each in ACCOUNTS}, "stranger": []}


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
    made, beyond = Walk(sniffer), Beyond()
    for reader, starts in READERS.items():
        context = chromium.new_context(base_url=demo.url, locale="fr-FR")
        page = context.new_page()
        if reader in ACCOUNTS:
            sign_in(page, demo.account(reader))
        led = look(made, page, starts)
        for shown in unlinked(beyond, page, demo, reader, led):
            judge(made, page, shown.name, shown.text, EXTREMES)
        context.close()
    return made


def unlinked(beyond, page, demo, reader, led) -> Iterator[Shown]:
    """What mails lead to, what refused forms answer, and what follows a post."""
    if reader in NOWHERE:
        yield from beyond.opened(page, [NOWHERE[reader]])
    yield from beyond.refused(page, led)
    if reader == "staff":
        yield from beyond.given(page, demo)
    if reader == "stranger":
        yield from beyond.waiting(page)
        take_the_share(demo)
        yield from beyond.crowded(page)
    if reader == "":
        mailed = signed(demo)
        yield from beyond.opened(page, mailed)
        yield from beyond.refused(page, mailed)
        yield from beyond.bent(page, ["/"])
        yield from beyond.pressed(page, mailed)


def test_the_walk_goes_where_a_visitor_and_a_colleague_have_to_wait(walk):
    waiting = {name.split()[0] for name in walk.sources if name.endswith(" 429")}
    assert waiting >= {SIGN_UP, "/connexion"}


def test_the_walk_sees_what_becomes_of_an_address_that_is_given(walk):
    told = [text for name, text in walk.sources.items() if name.endswith(" told")]
    assert ['id="preview"' in text for text in told] == [False, True]
    assert ['aria-invalid="true"' in text for text in told] == [True, False]


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
