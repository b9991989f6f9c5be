"""A walk over every page that links lead to, and what three programs find on each.

axe and HTML_CodeSniffer look at the page as it is drawn, in each look; html-validate reads what
the server sent, once for all pages. The walk is made once, whoever asks for its findings.
"""

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Scheme = Literal["light", "dark"]
Look = tuple[int, Scheme]
LOOKS: list[Look] = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
# What comes after a refusal or a post has the parts of pages that are seen in every look.
EXTREMES = [LOOKS[1], LOOKS[2]]
# A walk that does not end by itself before this many pages is a fault of its own.
PAGES_AT_MOST = 400
AXE_SCRIPT = Axe().axe_script
PAGES = "a[href]:not([download])"
MENU = "header a[href]"

# What html-validate has another taste in than the templates, which loses nobody anything.
VALIDATE = {
    "root": True,
    "extends": ["html-validate:standard"],
    "rules": {
        "void-style": "off",
        "long-title": "off",
        "no-trailing-whitespace": "off",
        "attribute-boolean-style": "off",
        "attribute-empty-style": "off",
        "doctype-style": "off",
        "attr-quotes": "off",
        "no-raw-characters": ["error", {"relaxed": True}],
    },
}

# It takes whatever stands in a table of layout for meaning, which letters are made of.
MISTAKEN = "F92,ARIA4"
SNIFF = """
() => new Promise(done => HTMLCS.process("WCAG2AA", document, () => done(
  HTMLCS.getMessages().filter(each => each.type === HTMLCS.ERROR).map(each =>
    `${each.code.split(".").slice(3).join(".")}: ${each.element.outerHTML?.slice(0, 120)}`))))
"""

# It stumbles over a box that has no name, which only a script asks.
NAMED = """
() => document.querySelectorAll("input:not([name])").forEach(each => { each.name = "unnamed" })
"""

Found = dict[tuple[str, int, str], list[str]]


@dataclass
class Walk:
    """The pages that were seen, and what each program found where; without a sniffer, axe alone."""

    sniffer: str | None = None
    seen: set[str] = field(default_factory=set)
    axe: Found = field(default_factory=dict)
    sniffed: Found = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)


def shape(path: str) -> str:
    """The route that a path stands for: numbers, references, tokens and articles are alike."""
    return re.sub(
        r"/(\d+|(?:DR|VD)-\d+-\d+|[\w.-]{25,}|(?<=^/articles/)[\w-]+|(?<=/manuel/do/)[\w-]+"
        r"|(?<=/manuel/understand/)[\w-]+)(?=/|$)",
        "/…",
        path,
    )


def crawl(page: Page, starts: list[str], seen: set[str]) -> Iterator[tuple[str, str]]:
    """One path for each route that links reach from the starts, with the text of the page.

    The starts, and what their menu leads to, are walked for every reader: each has others.
    """
    waiting, mine = list(starts), set(map(shape, starts))
    seen.update(mine)
    visited = 0
    while waiting:
        path = waiting.pop(0)
        answer = page.goto(path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        visited += 1
        assert visited <= PAGES_AT_MOST, f"no end of pages: {path}"
        yield path, answer.text()
        own = set(_paths(page, MENU)) if path in starts else set()
        for other in _paths(page, PAGES):
            if shape(other) not in (mine if other in own else seen):
                waiting.append(other)
            seen.add(shape(other))
            mine.add(shape(other))


def _paths(page: Page, selector: str) -> Iterator[str]:
    """Where the links of the page lead that stay on the site."""
    for href in page.eval_on_selector_all(selector, "all => all.map(a => a.href)"):
        parts = urlsplit(urljoin(page.url, href))
        if parts.netloc == urlsplit(page.url).netloc and parts.scheme == "http":
            yield parts.path


def faults(page: Page) -> list[str]:
    """What axe finds, and a page that is wider than its window."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": TAGS, "resultTypes": ["violations"]}
    violations = page.evaluate("options => axe.run(options)", options)["violations"]
    found = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in violations]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    return found


def sniffed(page: Page) -> list[str]:
    """What HTML_CodeSniffer calls an error of WCAG 2 AA."""
    page.evaluate(NAMED)
    told: list[str] = page.evaluate(SNIFF)
    return [each for each in told if MISTAKEN not in each]


def look(walk: Walk, page: Page, starts: list[str]) -> list[str]:
    """Walk on from the starts, and return where it led."""
    led = []
    for path, text in crawl(page, starts, walk.seen):
        judge(walk, page, path, text, LOOKS)
        led.append(path)
    return led


def judge(walk: Walk, page: Page, name: str, text: str, looks: list[Look]) -> None:
    """Keep what the programs find on the page that the browser shows."""
    walk.sources[name] = text
    if walk.sniffer:
        page.evaluate(f"{walk.sniffer}\nwindow.HTMLCS = HTMLCS; null")
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        if wrong := faults(page):
            walk.axe[name, width, scheme] = wrong
        if walk.sniffer and (wrong := sniffed(page)):
            walk.sniffed[name, width, scheme] = wrong


def validated(program: Path, sources: dict[str, str], folder: Path) -> dict[str, list[str]]:
    """What html-validate finds in each page."""
    (folder / ".htmlvalidate.json").write_text(json.dumps(VALIDATE), encoding="utf-8")
    names = {f"{number}.html": path for number, path in enumerate(sources)}
    for name, path in names.items():
        (folder / name).write_text(sources[path], encoding="utf-8")
    command = [str(program), "--formatter", "json", *names]
    with (folder / "said.json").open("w") as out:
        subprocess.run(command, check=False, stdout=out, cwd=folder, timeout=120)  # noqa: S603 - the validator
    found = defaultdict(list)
    for report in json.loads((folder / "said.json").read_text(encoding="utf-8")):
        for said in report["messages"]:
            place = names[Path(report["filePath"]).name]
            found[place].append(f"{said['ruleId']} {said['line']}: {said['message']}")
    return dict(found)
