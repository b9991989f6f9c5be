import pytest

from mailer.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("192.0.2.0/24", "192.0.2.0/24"),
        ("2001:db8:1:2::5", "2001:db8:1::/56"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("n/a", ""),
        ("", ""),
    ],
)
def test_no_more_of_an_address_is_kept_than_of_anybody(address, network):
    assert network_of(address) == network
