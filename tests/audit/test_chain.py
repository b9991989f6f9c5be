"""What the hash of an entry covers."""

from datetime import UTC, datetime, timedelta

import pytest

from mailer import chains
from mailer.audit import chain
from mailer.chains import Head

KEY = chains.key_of("a key")
AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
ENTRY = {
    "id": 7,
    "at": AT,
    "actor": "account:3",
    "verb": "read",
    "subject": "subscriber:12",
    "for_case": "request:1",
    "why": "rights",
}
OTHERS = {
    "id": 8,
    "at": AT + timedelta(microseconds=1),
    "actor": "account:4",
    "verb": "look",
    "subject": "subscriber:13",
    "for_case": "",
    "why": "",
}


def test_the_same_entry_at_the_same_place_has_the_same_hash():
    assert chain.linked(ENTRY, chains.START, KEY) == chain.linked(dict(ENTRY), chains.START, KEY)


@pytest.mark.parametrize("name", chain.COVERED)
def test_another_value_of_any_column_gives_another_hash(name):
    changed = ENTRY | {name: OTHERS[name]}

    assert chain.linked(changed, chains.START, KEY) != chain.linked(ENTRY, chains.START, KEY)


@pytest.mark.parametrize("last", [Head(1, chains.START.hash), Head(0, "1" * 64)])
def test_another_place_gives_another_hash(last):
    assert chain.linked(ENTRY, last, KEY).hash != chain.linked(ENTRY, chains.START, KEY).hash


def test_another_key_gives_another_hash():
    other = chains.key_of("another key")

    assert chain.linked(ENTRY, chains.START, other) != chain.linked(ENTRY, chains.START, KEY)
