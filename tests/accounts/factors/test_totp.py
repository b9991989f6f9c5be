from datetime import UTC, datetime, timedelta

import pytest

from mailer.accounts.factors import qr, totp
from mailer.errors import Invalid

# RFC 6238, appendix B, for SHA-1: "12345678901234567890" in base32; our codes are the last six.
KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
VECTORS = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def code(at):
    return totp.pyotp.TOTP(KEY).at(at)


@pytest.mark.parametrize(("second", "digits"), VECTORS)
def test_a_code_of_the_standard_is_one_of_ours(second, digits):
    at = datetime.fromtimestamp(second, UTC)

    assert totp.step_of(KEY, digits, at, None) == second // 30


@pytest.mark.parametrize("late", [timedelta(seconds=-30), timedelta(0), timedelta(seconds=30)])
def test_a_clock_may_be_one_step_off(late):
    assert totp.step_of(KEY, code(AT + late), AT, None)


@pytest.mark.parametrize("late", [timedelta(seconds=-60), timedelta(seconds=60)])
def test_and_no_more_than_one(late):
    with pytest.raises(Invalid, match="code"):
        totp.step_of(KEY, code(AT + late), AT, None)


def test_a_code_that_was_used_is_not_taken_again_nor_one_before_it():
    used = totp.step_of(KEY, code(AT), AT, None)

    for earlier in (timedelta(0), timedelta(seconds=30)):
        with pytest.raises(Invalid, match="code"):
            totp.step_of(KEY, code(AT - earlier), AT, used)
    assert totp.step_of(KEY, code(AT + timedelta(seconds=30)), AT, used) == used + 1


@pytest.mark.parametrize("typed", ["", "12345", "zéro", "000000000", "²²²²²²", "1" * 10_000])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(Invalid, match="code"):
        totp.step_of(KEY, typed, AT, None)


def test_a_code_may_be_typed_with_a_space_in_the_middle():
    typed = f"{code(AT)[:3]} {code(AT)[3:]}"

    assert totp.step_of(KEY, typed, AT, None)


def test_a_new_key_is_never_the_same_and_has_160_bits():
    keys = {totp.new_key() for _ in range(20)}

    assert len(keys) == 20
    assert {len(key) * 5 for key in keys} == {160}


def test_the_key_stands_in_groups_of_four():
    assert totp.in_groups(KEY) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"


def test_the_address_in_the_qr_code_is_what_applications_read():
    found = totp.address(KEY, "camille@exemple.fr", "Agence de l’Estran")

    assert totp.pyotp.parse_uri(found).secret == KEY
    assert "camille%40exemple.fr" in found


def test_the_qr_code_is_drawn_without_style_and_with_its_quiet_zone():
    drawn = qr.svg(totp.address(KEY, "camille@exemple.fr", "Agence"))

    assert drawn.startswith("<svg")
    assert "style" not in drawn
    assert 'fill="#fff"' in drawn
