"""Asks a page the questions of probes.js, and presses Tab through it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).with_name("probes.js").read_text(encoding="utf-8")
# WCAG 1.4.12.
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
PRESSES_IN_FRAMES = 300
MOMENTS, MOMENT_MS = 20, 50
WANTED = {"ring": True, "inside": True, "covered": False}


@dataclass(frozen=True)
class Stop:
    """One press of Tab: which stop was reached, and what is wrong with it."""

    index: int
    fault: str


def ask(page: Page, question: str) -> Any:
    """What that function of probes.js answers."""
    return page.evaluate(f"({SCRIPT.partition('(')[2].rpartition(')')[0]}).{question}()")


def tabbed(page: Page) -> list[Stop]:
    """Press Tab through the whole page, until the focus leaves it or begins anew."""
    stops: list[Stop] = []
    _loaded(page)
    # A date has several parts, and a frame what is in it: the focus stays there for some presses.
    for _ in range(4 * ask(page, "stops") + PRESSES_IN_FRAMES):
        page.keyboard.press("Tab")
        stands = _stands(page)
        if stands is None or (stops and stands["index"] == 0):
            return stops
        if stands["frame"]:
            continue
        if not stops or stops[-1].index != stands["index"] or _fault(stands):
            stops.append(Stop(stands["index"], _fault(stands)))
    raise AssertionError("the focus does not leave the page")


def _stands(page: Page) -> dict[str, Any] | None:
    """Where the focus is; into or out of a frame of a process of its own it takes a moment."""
    for _ in range(MOMENTS if len(page.frames) > 1 else 1):
        if stands := ask(page, "stands"):
            return stands
        page.wait_for_timeout(MOMENT_MS)
    return None


def _loaded(page: Page) -> None:
    """Load every frame now: the focus leaves one that is loaded while it holds it."""
    page.evaluate("for (const each of document.querySelectorAll('iframe')) each.loading = 'eager'")
    for frame in page.frames:
        frame.wait_for_load_state()


def _fault(stands: dict[str, Any]) -> str:
    """Why somebody could not see where they are; nothing when they can."""
    if stands["index"] < 0:
        return f"no stop of the page: {stands['html']}"
    wrong = [name for name, wanted in WANTED.items() if stands[name] is not wanted]
    return f"{', '.join(wrong)}: {stands['html']}" if wrong else ""


def nameless(page: Page) -> list[str]:
    """What can have the focus and has no name or no role in the accessibility tree."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return [told for node in tree["nodes"] if (told := _lacks(node))]


def _lacks(node: dict[str, Any]) -> str:
    properties = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    role, name = (node.get(part, {}).get("value", "") for part in ("role", "name"))
    if node["ignored"] or not properties.get("focusable") or role in {"RootWebArea", "Iframe"}:
        return ""
    return "" if name.strip() and role not in {"generic", "none", ""} else f"{role} {name!r}"
