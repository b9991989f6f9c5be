import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer import addresses
from mailer.errors import Invalid

LETTERS = st.text("abcxyzéèàùçôïüñøåłž0123456789", min_size=1, max_size=12)
DOMAINS = st.sampled_from(["exemple.fr", "côte-opale.fr", "münchen.de", "señal.es"])


def test_an_address_is_compared_without_its_case_and_shown_as_typed():
    address = addresses.parse(" Camille.Morin@Exemple.FR ")

    assert address.display == "Camille.Morin@exemple.fr"
    assert address.normalised == "camille.morin@exemple.fr"
    assert address.domain == "exemple.fr"


@pytest.mark.parametrize(
    "text",
    ["", "camille", "camille@", "@exemple.fr", "a b@exemple.fr", "camille@exemple",
     "camille@exemple.fr\r\nBcc: x@exemple.fr", "a" * 65 + "@exemple.fr", "camille@@exemple.fr"],
)  # fmt: skip
def test_what_cannot_be_an_address_is_refused(text):
    with pytest.raises(Invalid):
        addresses.parse(text)


@pytest.mark.parametrize(("one", "other"), [("straße", "strasse"), ("ſophie", "sophie")])
def test_letters_that_only_look_alike_are_two_mailboxes(one, other):
    first, second = (addresses.parse(f"{name}@exemple.fr") for name in (one, other))

    assert first.normalised != second.normalised


def test_a_masked_address_hides_its_owner():
    assert addresses.masked("camille@exemple.fr") == "c••••@exemple.fr"


def test_a_fingerprint_depends_on_the_key_and_not_on_the_case():
    one, same = addresses.parse("Camille@exemple.fr"), addresses.parse("camille@EXEMPLE.fr")

    assert addresses.fingerprint(one, "key") == addresses.fingerprint(same, "key")
    assert addresses.fingerprint(one, "key") != addresses.fingerprint(one, "other")


def spellings(local, domain):
    """One mailbox in the ways that people and files write it."""
    punycode = domain.encode("idna").decode()
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, local)
        for host in (domain, unicodedata.normalize(form, domain), punycode):
            for written in (f"{name}@{host}", f"{name}@{host}".upper(), f"{name}@{host.upper()}"):
                yield from (written, f"  {written}\t", f"\u00a0{written}\n")


@given(local=LETTERS, domain=DOMAINS)
def test_one_mailbox_has_one_fingerprint_however_it_is_written(local, domain):
    found = {addresses.fingerprint(addresses.parse(s), "k") for s in spellings(local, domain)}

    assert len(found) == 1


@given(local=LETTERS, domain=DOMAINS)
def test_what_is_compared_is_compared_the_same_once_more(local, domain):
    once = addresses.parse(f"{local}@{domain}").normalised

    assert addresses.parse(once).normalised == once


@given(one=LETTERS, other=LETTERS)
def test_two_mailboxes_have_two_fingerprints(one, other):
    first, second = (addresses.parse(f"{name}@exemple.fr") for name in (one, other))

    assert (first.normalised == second.normalised) == (one == other)
