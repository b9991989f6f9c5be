import pytest

from mailer import addresses
from mailer.errors import Invalid


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
