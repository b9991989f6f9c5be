import pytest

from mailer.accounts.factors import recovery

SALT = b"s" * recovery.SALT_BYTES


def test_there_are_ten_and_no_two_are_alike():
    codes = recovery.new_codes()

    assert len(set(codes)) == 10
    assert all(recovery.is_one(code) for code in codes)


def test_a_code_has_sixty_bits():
    signs = {sign for _ in range(100) for code in recovery.new_codes() for sign in code} - {"-"}

    assert len(signs) == 32
    assert {len(code.replace("-", "")) * 5 for code in recovery.new_codes()} == {60}


@pytest.mark.parametrize(
    "typed", ["0123-4567-89AB", "0123 4567 89ab", "o1z3456789ab", "oi23456789AB"]
)
def test_a_code_is_known_however_it_is_typed(typed):
    written = {"o1z3456789ab": "01Z3-4567-89AB"}.get(typed, "0123-4567-89AB")

    assert recovery.digest(typed, SALT) == recovery.digest(written, SALT)


def test_another_code_or_another_set_has_another_digest():
    one = recovery.digest("0123-4567-89AB", SALT)

    assert one != recovery.digest("0123-4567-89AC", SALT)
    assert one != recovery.digest("0123-4567-89AB", b"t" * recovery.SALT_BYTES)


def test_nothing_of_the_code_can_be_read_from_its_digest():
    assert b"0123" not in recovery.digest("0123-4567-89AB", SALT)


@pytest.mark.parametrize(
    "typed", ["", "123456", "0123-4567-89A", "0123-4567-89ABC", "UUUU-UUUU-UUUU"]
)
def test_what_has_another_shape_is_no_recovery_code(typed):
    assert not recovery.is_one(typed)


def test_the_place_of_a_known_digest_is_found():
    assert recovery.found([b"a", b"b"], b"b") == 1
    assert recovery.found([b"a", b"b"], b"c") is None
