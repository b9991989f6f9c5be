"""What the DNS must say, and what is said of a record that is wrong."""

import pytest
from doctor.world import Zone, answering
from mail.listening import LOOPBACK

from mailer.doctor import records
from mailer.doctor.finding import State
from mailer.doctor.names import Names
from mailer.mail.relays import Relay

DOMAIN, HOST = "rebond.exemple.fr", "relais.exemple.fr"
RELAYS = [Relay("a", HOST)]


@pytest.fixture
def zone():
    """A relay at an address of its own."""
    found = Zone()
    found.add(HOST, "A", "192.0.2.10")
    found.add(HOST, "AAAA", "2001:db8::10")
    found.text("inclus.example", "v=spf1 ip4:192.0.2.0/24 ?all")
    found.text("vide.example", "rien")
    found.text("boucle.example", "v=spf1 include:boucle.example -all")
    found.add(DOMAIN, "MX", f"10 {HOST}.")
    return found


def look(zone, check):
    with answering(zone.answer) as port:
        return list(check(Names((LOOPBACK, port))))


@pytest.mark.parametrize(
    ("texts", "state", "said"),
    [
        (["v=spf1 ip4:192.0.2.10 -all"], State.GOOD, "says who may send"),
        (["v=spf1 ip6:2001:db8::/32 ~all"], State.GOOD, "says who may send"),
        (["v=spf1 mx -all", "autre chose"], State.GOOD, "says who may send"),
        (["v=spf1 a:relais.exemple.fr -all"], State.GOOD, "says who may send"),
        (["v=spf1 include:inclus.example -all"], State.GOOD, "says who may send"),
        (["v=spf1 redirect=inclus.example"], State.GOOD, "says who may send"),
        (["v=spf1 ip4:198.51.100.1 -all"], State.NOTE, "does not name our relay (192.0.2.10)"),
        (["autre chose"], State.FAULT, "does not say who may send"),
        (["v=spf1 -all"], State.FAULT, "lets nobody send"),
        (["v=spf1 +all"], State.FAULT, "lets anybody send"),
        (["v=spf1 include:vide.example -all"], State.FAULT, "includes vide.example"),
        (["v=spf1 include:boucle.example -all"], State.FAULT, "more than 10 look-ups"),
        (["v=spf1 a -all", "v=spf1 mx -all"], State.FAULT, "stands 2 times"),
    ],
)
def test_the_sender_policy_is_read_as_receivers_read_it(zone, texts, state, said):
    zone.text(DOMAIN, *texts)
    (found,) = look(zone, lambda names: records.sender_policy(DOMAIN, names, RELAYS, ""))

    assert found.state is state
    assert said in found.said


def test_the_record_to_publish_names_the_relays(zone):
    (found,) = look(zone, lambda names: records.sender_policy("neuf.example", names, RELAYS, ""))

    line = 'neuf.example. IN TXT "v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 -all"'
    assert found.cure == f"publish {line}"


@pytest.mark.parametrize("place", ["_dmarc.lettres.exemple.fr", "_dmarc.exemple.fr"])
def test_the_policy_on_forgeries_may_stand_above(zone, place):
    settings = {"SENDER_ADDRESS": "a@lettres.exemple.fr", "SECURITY_ADDRESS": "s@exemple.fr"}
    assert look(zone, lambda n: records.forgeries(settings, n))[0].state is State.FAULT

    zone.text(place, "v=DMARC1; p=reject")
    assert look(zone, lambda n: records.forgeries(settings, n))[0].state is State.GOOD


def test_an_address_whose_name_leads_elsewhere_is_named(zone):
    zone.add("10.2.0.192.in-addr.arpa", "PTR", "ailleurs.example.")
    found = look(zone, lambda names: records.reverse(RELAYS, "", names))

    assert [each.state for each in found] == [State.FAULT, State.FAULT]
    zone.add("10.2.0.192.in-addr.arpa", "PTR", f"{HOST}.")
    assert look(zone, lambda names: records.reverse(RELAYS, "", names))[0].state is State.GOOD
