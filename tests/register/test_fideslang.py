"""The map of data for Fides: its shape as Fideslang 3.1 has it, and all that is personal in it."""

import json
import re

import pytest
from flask_babel import force_locale

from mailer.db import Base
from mailer.declarations import declared
from mailer.register import activities, fideslang
from mailer.register.yaml import dump

KEY = re.compile(r"[a-zA-Z0-9_.<>-]+")


@pytest.fixture
def said(app, letter):
    """The map, as text."""
    with force_locale("fr"):
        return fideslang.export(activities.now())


def test_every_personal_column_is_a_field_and_no_other_is(said):
    fields = re.findall(r'^          - name: "(\w+)"', said, re.MULTILINE)
    expected = [n for table in Base.metadata.tables.values() for n in declared(table)]
    assert sorted(fields) == sorted(expected)


def test_every_activity_is_a_declaration(said, app):
    uses = re.findall(r'^\s+data_use: "([\w.]+)"', said, re.MULTILINE)
    with force_locale("fr"):
        assert len(uses) == len(activities.now().activities)
    assert set(uses) <= set(fideslang.USES.values())


def test_every_line_is_a_key_or_an_item_with_a_scalar_that_json_reads_too(said):
    for line in said.splitlines():
        key, _colon, value = line.strip().removeprefix("- ").partition(": ")
        scalar = value or (key if not key.endswith(":") else '""')
        json.loads(scalar)
        assert KEY.fullmatch(key.rstrip(":")) or not value


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"a": "b: c"}, 'a: "b: c"\n'),
        ({"a": ["x", "y"]}, 'a:\n  - "x"\n  - "y"\n'),
        ({"a": [{"b": "c", "d": True}]}, 'a:\n  - b: "c"\n    d: true\n'),
        ({"a": [], "b": {}}, "a: []\nb: {}\n"),
        ({"a": "l’été\n"}, 'a: "l’été\\n"\n'),
    ],
)
def test_plain_data_becomes_blocks_of_yaml(data, text):
    assert dump(data) == text
