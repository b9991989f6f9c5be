"""`mailer dkim` makes keys and says what to publish of them."""

import re

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from mailer.mail import dkim_keys


def records(said):
    return [line for line in said.stdout.splitlines() if not line.startswith(";")]


def test_new_makes_a_pair_and_prints_its_records(mailer, app):
    said = mailer("dkim", "new", "--selector", "s2026")

    rsa, ed25519 = records(said)
    assert said.exit_code == 0
    assert rsa.startswith('s2026._domainkey.exemple.fr. IN TXT "v=DKIM1; k=rsa; p=')
    assert ed25519.startswith('s2026-ed25519._domainkey.exemple.fr. IN TXT "v=DKIM1; k=ed25519;')
    assert [key.selector for key in dkim_keys.signing(app.config)] == ["s2026", "s2026-ed25519"]


def test_what_is_printed_can_be_pasted_and_the_rest_is_said_beside(mailer):
    said = mailer("dkim", "new", "--selector", "s2026")

    line = r'[a-z0-9.-]+\._domainkey\.exemple\.fr\. IN TXT "[^"]{1,255}"( "[^"]{1,255}")*'
    assert all(re.fullmatch(line, record) for record in records(said))
    assert "dig +short TXT s2026._domainkey.exemple.fr" in said.stderr
    assert "PRIVATE" not in said.output


def test_show_prints_the_same_records_again_and_which_sign(mailer):
    made = mailer("dkim", "new", "--selector", "s2026")
    shown = mailer("dkim", "show")

    assert sorted(records(shown)) == sorted(records(made))
    assert shown.stdout.count(", signs\n") == 2


def test_an_old_key_is_shown_as_one_that_does_not_sign(mailer):
    for selector in ("s2025", "s2026"):
        mailer("dkim", "new", "--selector", selector, "--type", "rsa")

    shown = mailer("dkim", "show", MAILER_DKIM_SELECTORS='["s2026"]').stdout

    assert re.search("; s2025, rsa, made [0-9-]{10}, signs no longer, or not yet\n", shown)
    assert re.search("; s2026, rsa, made [0-9-]{10}, signs\n", shown)


def test_a_selector_is_not_used_twice(mailer):
    mailer("dkim", "new", "--selector", "s2026", "--type", "ed25519")
    said = mailer("dkim", "new", "--selector", "S2026", "--type", "rsa")

    assert said.exit_code == 2
    assert "s2026 has its key already: give another with --selector" in said.stderr


@pytest.mark.parametrize("selector", ["s_2026", "-s", "é", "a.b", "s" * 64])
def test_what_cannot_be_a_name_in_the_dns_is_refused(mailer, selector):
    said = mailer("dkim", "new", "--selector", selector)

    assert said.exit_code == 2
    assert "letters, digits and hyphens" in said.stderr


def test_a_pair_whose_second_name_would_be_too_long_is_refused(mailer):
    said = mailer("dkim", "new", "--selector", "s" * 60)

    assert said.exit_code == 2
    assert "too long for a name in the DNS" in said.stderr


def test_without_a_name_it_is_that_of_the_month(mailer):
    said = mailer("dkim", "new", "--type", "ed25519")

    assert re.match(r"s20[0-9]{4}\._domainkey", records(said)[0])


def test_new_says_to_name_the_keys_where_others_are_named(mailer):
    said = mailer("dkim", "new", "--selector", "s2027", MAILER_DKIM_SELECTORS='["s2026"]')

    assert 'DKIM_SELECTORS = ["s2027", "s2027-ed25519"]' in said.stderr


def test_without_a_key_show_says_so(mailer):
    assert "mails leave unsigned" in mailer("dkim", "show").output


def test_the_private_half_is_in_the_file_alone(mailer, app):
    mailer("dkim", "new", "--selector", "s2026", "--type", "rsa")

    (path,) = dkim_keys.folder(app.config).iterdir()
    assert load_pem_private_key(path.read_bytes(), None).key_size == 2048
