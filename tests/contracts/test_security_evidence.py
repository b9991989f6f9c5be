"""Every threat and every requirement is shown by tests that exist, or says why not."""

import csv
import re
from collections import Counter

import pytest
from named_tests import TEST, missing

ROW = re.compile(r"^\| (\d+) \|(.*)\|$", re.MULTILINE)
STATES = {"met", "not applicable"}
THREATS, REQUIREMENTS, OF_OAUTH = 30, 217, 29
# OWASP ASVS 5.0.0, levels 1 and 2 without V10 (OAuth) and V17 (WebRTC).
CHAPTERS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16}
OAUTH = 10
# What a document alone meets, since it is all that is asked.
BY_A_DOCUMENT = ["15.1.1"]


@pytest.fixture
def threats(root):
    """The cells of each row of docs/security/threats.md."""
    text = (root / "docs/security/threats.md").read_text(encoding="utf-8")
    return {
        int(number): [cell.strip() for cell in rest.split("|")]
        for number, rest in ROW.findall(text)
    }


@pytest.fixture
def requirements(root):
    """The rows of docs/security/asvs.csv, and those of the chapter beside it."""
    return [*rows(root / "docs/security/asvs.csv"), *rows(root / "docs/security/asvs-oauth.csv")]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_thirty_threats_each_have_a_measure_and_what_shows_it(threats):
    assert list(threats) == list(range(1, THREATS + 1))
    assert [number for number, cells in threats.items() if len(cells) != 3 or not all(cells)] == []


def test_every_test_that_a_threat_names_exists(root, threats):
    assert missing(root, str(threats)) == []
    assert [number for number, cells in threats.items() if not TEST.search(cells[2])] == []


def test_every_requirement_stands_once(requirements):
    chapters = [int(row["id"].partition(".")[0]) for row in requirements]

    assert len({row["id"] for row in requirements}) == REQUIREMENTS + OF_OAUTH
    assert set(chapters[:REQUIREMENTS]) == CHAPTERS
    assert chapters[REQUIREMENTS:] == [OAUTH] * OF_OAUTH
    # As the standard counts them: 70 of the first level, 176 of the second; WebRTC has none here.
    assert Counter(row["level"] for row in requirements) == {"1": 70, "2": 176}


def test_no_requirement_is_open(requirements):
    assert [row["id"] for row in requirements if row["state"] not in STATES] == []


def test_every_requirement_says_what_it_asks_and_what_shows_it(requirements):
    assert [row["id"] for row in requirements if not (row["requirement"] and row["evidence"])] == []


def test_every_test_that_a_requirement_names_exists(root, requirements):
    assert missing(root, " ".join(row["evidence"] for row in requirements)) == []


def test_every_requirement_that_is_met_is_shown_by_a_test(requirements):
    met = [row for row in requirements if row["state"] == "met"]

    assert [row["id"] for row in met if not TEST.search(row["evidence"])] == BY_A_DOCUMENT
