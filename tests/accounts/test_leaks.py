import hashlib

import pytest

from mailer.accounts.leaks import stands_in

LEAKED = [f"phrase de passe numéro {number}" for number in range(500)]


def line(passphrase, ends):
    digest = hashlib.sha1(passphrase.encode(), usedforsecurity=False).hexdigest().upper()
    return f"{digest}:{len(passphrase) ** 3}{ends}"


@pytest.fixture(params=["\n", "\r\n"], ids=["LF", "CRLF"])
def listed(request, tmp_path):
    path = tmp_path / "leaked.txt"
    path.write_bytes("".join(sorted(line(each, request.param) for each in LEAKED)).encode())
    return path


def test_every_line_of_the_file_is_found(listed):
    assert [each for each in LEAKED if not stands_in(each, listed)] == []


def test_what_is_not_in_it_is_not_found(listed):
    assert [n for n in range(500) if stands_in(f"une autre phrase, la numéro {n}", listed)] == []


def test_an_empty_file_holds_nothing(tmp_path):
    path = tmp_path / "leaked.txt"
    path.touch()

    assert not stands_in(LEAKED[0], path)
