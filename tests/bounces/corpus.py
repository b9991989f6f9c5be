"""Real returned mail with what a right reading is, and how it is counted."""

import json
from collections import Counter
from pathlib import Path

from mailer.bounces.parse import parse

MADE = Path(__file__).parents[1] / "corpus" / "bounces"
OUTSIDE = Path(__file__).parents[3] / "shared" / "corpora" / "bounces"
ABSENT = "no ../shared/corpora/bounces to read real returned mail from"
RETURNED = {"bounce", "delayed"}
# No reason to be right about: "undefined" is none, "onhold" is what the field calls the rest.
UNTOLD = {None, "undefined", "onhold"}


def cases(folder: str) -> list[dict]:
    """Those of the manifest whose folder begins so."""
    manifest = OUTSIDE / "manifest.json"
    if not manifest.is_file():
        return []
    listed = json.loads(manifest.read_text(encoding="utf-8"))
    return [each for each in listed if each["file"].startswith(folder)]


def raw(case: dict) -> bytes:
    """The mail of the case."""
    return (OUTSIDE / case["file"]).read_bytes()


def count(listed: list[dict]) -> Counter[str]:
    """How much of what the manifest says of the reports is found, and how much else."""
    total: Counter[str] = Counter()
    for case in listed:
        if case["kind"] in RETURNED:
            total += _of(case)
    return total


def _of(case: dict) -> Counter[str]:
    expected = {each["recipient"].lower(): each for each in case["expected"]}
    aliases = {e["alias"].lower(): name for name, e in expected.items() if e.get("alias")}
    found = {}
    for each in parse(raw(case)):
        name = each["recipient"].lower()
        found[name if name in expected else aliases.get(name, name)] = each
    total = Counter(
        expected=len(expected),
        found=len(found.keys() & expected.keys()),
        invented=len(found.keys() - expected.keys()),
    )
    for name in found.keys() & expected.keys():
        total += _judged(expected[name], found[name])
    return total


def _judged(expected: dict, found: dict) -> Counter[str]:
    """Whether the address is said to be dead, and why, as it should be."""
    total: Counter[str] = Counter()
    if expected.get("hard") is not None:
        total["hard"] += 1
        total["hard right"] += found["hard"] == expected["hard"]
        total["hard false"] += found["hard"] and not expected["hard"]
    if expected.get("reason") not in UNTOLD:
        total["reason"] += 1
        total["reason right"] += found["reason"] == expected["reason"]
    return total
