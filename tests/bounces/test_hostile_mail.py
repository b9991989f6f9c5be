"""Mail that is broken, or made to break a reader."""

import pytest
from bounces.corpus import MADE, cases, raw
from bounces.mutations import hostile, mutated
from hypothesis import given
from hypothesis import strategies as st

from mailer.bounces.parse import read

MADE_MAILS = [path.read_bytes() for path in sorted((MADE / "made").glob("*.eml"))]


@pytest.mark.parametrize("name", sorted(hostile()))
def test_mail_made_to_be_slow_is_read_as_far_as_it_goes(name):
    assert len(read(hostile()[name])) in range(1, 102)


@given(st.binary(max_size=4000))
def test_any_bytes_give_something(content):
    assert read(content)


@given(st.sampled_from(MADE_MAILS), st.data())
def test_a_mail_spoilt_anywhere_gives_something(mail, data):
    place = data.draw(st.integers(0, len(mail)))
    assert read(mail[:place] + data.draw(st.binary(max_size=20)) + mail[place:])


def test_mutated_mail_gives_something():
    mails = MADE_MAILS + [raw(case) for case in cases("")]
    assert all(read(mail) for mail in mutated(mails, 500, seed=5322))
