"""A declaration that would say nothing, or contradict itself, cannot be made."""

import pytest

from mailer.personal import PLAIN, Category, Erasure, Purpose, personal


def test_what_survives_erasure_must_say_why():
    with pytest.raises(ValueError, match="says why"):
        personal(Category.FINGERPRINT, Purpose.PROOF, "proof_years", Erasure.KEEP)


def test_what_goes_needs_no_reason():
    with pytest.raises(ValueError, match="says why"):
        personal(Category.EMAIL, Purpose.NEWSLETTER, "prospect_months", Erasure.DELETE, "why?")


def test_a_plain_column_says_so():
    assert PLAIN["personal"] is None
