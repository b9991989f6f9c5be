"""The table of what mail clients leave out, and how it is made."""

import json
from pathlib import Path

import pytest
from mail_clients import table

from mailer.newsletters.checks.clients import TABLE

OUTSIDE = Path(__file__).parents[3] / "shared" / "corpora" / "caniemail" / "caniemail.json"


def test_a_client_of_which_one_application_does_not_show_it_is_named():
    told = {
        "css-gap": {"s": {"gmail/ios": "y", "gmail/android": "n", "outlook/windows": "a"}},
        "css-margin": {"s": {"gmail/ios": "y"}},
        "amp": {"s": {"outlook/windows": "n"}},
    }
    assert table(told, "2026-11-28").endswith('[missing]\ncss-gap = ["Gmail"]\n')


@pytest.mark.skipif(not OUTSIDE.exists(), reason="no ../shared/corpora/caniemail to compare with")
def test_the_table_says_what_the_tests_of_clients_say():
    told = json.loads(OUTSIDE.read_text(encoding="utf-8"))
    kept = TABLE.read_text(encoding="utf-8")
    assert table(told, kept.partition("read on ")[2][:10]) == kept
