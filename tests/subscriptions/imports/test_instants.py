"""When somebody said yes, as the files of other programs have it."""

from datetime import UTC, datetime

import pytest

from mailer.subscriptions.imports.instants import instant

TEN = datetime(2024, 2, 1, 10, 20, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2024-02-01 10:20:41",
        "2024-02-01T10:20:41Z",
        "2024-02-01T11:20:41+01:00",
        "2024-02-01 10:20:41 +0000 UTC",
        "01-02-2024 10:20:41",
        "01/02/2024 10:20:41",
    ],
)
def test_an_instant_is_read_as_each_program_writes_it(text):
    assert instant(text) == TEN


@pytest.mark.parametrize(
    "text", ["", "1", "yes", "2024-13-01", "32/01/2024", "1970-01-01 00:00:00"]
)
def test_what_is_no_date_of_a_consent_is_none(text):
    assert instant(text) is None
