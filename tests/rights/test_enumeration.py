"""Whether we hold anything about an address is not told by what the form says or does."""

import re

import pytest
from statements import neutral, statements

KNOWN, UNKNOWN = "lea@exemple.fr", "inconnue@exemple.fr"


@pytest.fixture(params=["/droits", "/droits/demandes"])
def sends(request, visitor):
    """`sends(address)`: the answer to a request for a copy, at the check and at the sending."""

    def request_copy(address):
        return visitor.submit(request.param, rights=["access"], address=address, message="")

    return request_copy


def test_a_request_does_the_same_for_every_address(app, subscriber, sends):
    app.config["CONFIRMATION_MINUTES_APART"] = 0
    with statements() as for_known:
        seen = sends(KNOWN)
    with statements() as for_unknown:
        other = sends(UNKNOWN)

    assert for_known == for_unknown
    assert seen.status_code == other.status_code
    assert plain(seen.text, KNOWN) == plain(other.text, UNKNOWN)


def plain(page, address):
    """The page, the signed link to the case apart."""
    return re.sub(r"/droits/demandes/[^\"<]+", "", neutral(page, address))
