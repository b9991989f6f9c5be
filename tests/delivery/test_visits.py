from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailer.delivery.visits import Visit, is_a_person, is_too_soon

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
READER = Visit("GET", "Mozilla/5.0 (X11; Linux x86_64) Thunderbird/140.0", "", AT)


def test_a_mail_program_that_opens_a_mail_counts():
    assert is_a_person(READER)


@pytest.mark.parametrize(
    "said",
    [
        {"method": "HEAD"},
        {"agent": ""},
        {"agent": "Barracuda Sentinel Link Scanner"},
        {"agent": "Mozilla/5.0 (compatible; SomeBot/2.1)"},
        {"purpose": "prefetch;prerender"},
    ],
    ids=str,
)
def test_a_program_that_looks_ahead_does_not_count(said):
    assert not is_a_person(replace(READER, **said))


@pytest.mark.parametrize(("seconds", "too_soon"), [(0, True), (2.9, True), (3, False)])
def test_nobody_reads_in_the_first_three_seconds(seconds, too_soon):
    assert is_too_soon(READER, AT - timedelta(seconds=seconds)) is too_soon
