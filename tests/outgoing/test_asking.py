"""What a server answers to an address, without its content."""

import pytest

from mailer.outgoing import Reason, RequestError, Rules, status


def test_a_head_is_enough_where_it_is_answered_well(site, loopback):
    assert status(site.add("/page", b"x" * 10_000_000), loopback) == 200
    assert site.methods == ["HEAD"]


def test_a_head_that_is_refused_is_followed_by_a_get(site, loopback):
    assert status(site.add("/page", status=405), loopback) == 405
    assert site.methods == ["HEAD", "GET"]


def test_redirects_are_followed_within_the_rules(site, loopback):
    site.add("/b", b"here")
    assert status(site.add("/a", status=302, Location="/b"), loopback) == 200
    with pytest.raises(RequestError) as failure:
        status(site.add("/loop", status=302, Location="/loop"), loopback)
    assert failure.value.reason is Reason.TOO_MANY_REDIRECTS


def test_an_address_of_our_own_network_is_never_asked(site):
    with pytest.raises(RequestError) as failure:
        status(f"{site.url}/page", Rules())
    assert failure.value.reason is Reason.REFUSED_ADDRESS
    assert site.methods == []
