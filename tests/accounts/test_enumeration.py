"""Whether an address has an account is not told by what the door says or does."""

from statements import neutral, statements


def test_a_wrong_passphrase_does_the_same_for_every_address(account, knock):
    with statements() as for_known:
        seen = knock("camille@exemple.fr", "une autre phrase de passe")
    with statements() as for_unknown:
        other = knock("inconnue@exemple.fr", "une autre phrase de passe")

    assert for_known == for_unknown
    assert (seen.status_code, other.status_code) == (422, 422)
    assert neutral(seen.text, "camille@exemple.fr") == neutral(other.text, "inconnue@exemple.fr")
