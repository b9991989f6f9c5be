import pytest

from mailer.subscriptions.typos import COMMON, likely_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zoe@homtail.fr", "zoe@hotmail.fr"),
        ("zoe@gmial.com", "zoe@gmail.com"),
        ("zoe@gmail.co", "zoe@gmail.com"),
        ("zoe@gmail.comm", "zoe@gmail.com"),
        ("zoe@laposte.met", "zoe@laposte.net"),
        ("zoe@ornage.fr", "zoe@orange.fr"),
    ],
)
def test_a_slip_in_a_common_domain_is_asked_about(typed, meant):
    assert likely_meant(typed) == meant


@pytest.mark.parametrize(
    "domain", ["exemple.fr", "ymail.com", "mail.com", "orangerie.fr", "sfr.eu", "gmx.fr", *COMMON]
)
def test_a_domain_of_its_own_is_left_alone(domain):
    assert likely_meant(f"zoe@{domain}") is None
