"""No URL, redirect or name that changes its mind leads into our own network."""

from ipaddress import ip_address

import pytest

from mailer.outgoing import Reason, RequestError, Rules, fetch, refusal
from mailer.outgoing.rules import is_public

# {port} is the canary's: reaching it at all is the failure.
HOSTS = (
    # loopback, in the forms that the C library and browsers read
    "127.0.0.1", "127.1", "127.0.1", "127.127.127.127", "0x7f.1", "0x7f.0.0.1", "0x7f000001",
    "0x7F.0x00.0x00.0x01", "2130706433", "017700000001", "0177.0.0.1", "0177.1", "127.000.000.001",
    "127.0.0.1.", "localhost", "LOCALHOST", "localhost.", "ip6-localhost",
    # this host, and IPv4 that is not the public network
    "0", "0.0.0.0", "0x0", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254",  # noqa: S104 - an address to refuse, not to listen on
    "192.168.0.1", "192.168.1", "3232235521", "100.64.0.1", "169.254.169.254", "2852039166",
    "0xa9fea9fe", "0251.0376.0251.0376", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    # digits that Unicode folds to ASCII
    "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1",
    # IPv6: loopback, none, link, site and unique local, multicast, documentation
    "[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::]", "[fe80::1]", "[fe80::1%25lo]",
    "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "[2001:db8::1]", "[100::1]",
    # IPv6 that holds an IPv4 address
    "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]",
    "[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::1]",
    "[2002:a9fe:a9fe::]", "[2001:0:7f00:1::1]", "[2001::1]",
)  # fmt: skip

BAD_URLS = (
    "file:///etc/passwd", "gopher://127.0.0.1:{port}/_x", "ftp://127.0.0.1:{port}/",
    "dict://127.0.0.1:{port}/", "javascript:alert(1)", "data:text/xml,<rss/>",
    "//127.0.0.1:{port}/",
    "http://", "http:///x", "http://exemple.fr@127.0.0.1:{port}/", "http://a:b@127.0.0.1:{port}/",
    "http://exemple.fr\\@127.0.0.1:{port}/", "http://127.0.0.1\\.exemple.fr:{port}/",
    "http://127.0.0.1:port/", "http://127.0.0.1:99999999/", "http://[::1:{port}/",
    "http://127.0.0.1%00.exemple.fr:{port}/", "http://a..b/", "http://127.0.0.1 .exemple.fr/", "",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", HOSTS)
def test_no_spelling_of_an_inside_address_is_connected_to(scheme, host, canary):
    with pytest.raises(RequestError) as refused:
        fetch(f"{scheme}://{host}:{canary.port}/", any_port())
    assert (refused.value.reason in REFUSALS, canary.visits) == (True, 0)


@pytest.mark.parametrize("url", BAD_URLS)
def test_what_is_no_plain_web_address_is_not_connected_to(url, canary):
    with pytest.raises(RequestError) as refused:
        fetch(url.format(port=canary.port), any_port())
    assert (refused.value.reason in REFUSALS, canary.visits) == (True, 0)


def test_the_canary_counts_who_reaches_it(canary, loopback):
    with pytest.raises(RequestError):
        fetch(f"http://127.0.0.1:{canary.port}/", loopback)
    assert canary.visits == 1


# libc may also find no such host: what counts is that nothing was connected to.
REFUSALS = {Reason.REFUSED_ADDRESS, Reason.BAD_ADDRESS, Reason.UNKNOWN_HOST}


def any_port() -> Rules:
    """The strict rule on addresses alone, so that a port never hides a hole in it."""
    return Rules(allow=lambda address, _port: is_public(address))


def test_a_port_that_is_not_the_webs_is_refused():
    rules = Rules(resolve=lambda _host, _port: ["93.184.215.14"])
    with pytest.raises(RequestError) as refused:
        fetch("http://exemple.fr:22/", rules)
    assert refused.value.reason == Reason.REFUSED_PORT


@pytest.mark.parametrize(
    ("url", "opened", "reason"),
    [
        ("https://exemple.fr?x=1", [], None),
        ("https://mairie-évry.fr/été#là", [], None),
        ("https://93.184.215.14/h", [], None),
        ("https://exemple.fr:8443/h", [], Reason.REFUSED_PORT),
        ("https://exemple.fr:50000/h", ["10.0.0.0/8"], None),
        ("https://93.184.215.14:8443/h", ["10.0.0.0/8"], Reason.REFUSED_PORT),
        ("http://10.1.2.3:8080/h", ["10.0.0.0/8"], None),
        ("http://10.1.2.3/h", [], Reason.REFUSED_ADDRESS),
        ("http://[::1]:8080/", [], Reason.REFUSED_ADDRESS),
        ("https://exemple.fr/\u202eh", [], Reason.BAD_ADDRESS),
        ("ftp://exemple.fr/", [], Reason.BAD_ADDRESS),
    ],
)
def test_what_can_never_be_asked_is_told_before_it_is(url, opened, reason):
    assert refusal(url, Rules().also(opened)) is reason


def test_one_inside_address_among_public_ones_refuses_them_all(canary):
    rules = Rules(resolve=lambda _host, _port: ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(RequestError) as refused:
        fetch("http://exemple.fr/", rules)
    assert (refused.value.reason, canary.visits) == (Reason.REFUSED_ADDRESS, 0)


class Rebinding:
    """A name server that answers a harmless address the first time, and ours ever after."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    def __call__(self, _host: str, _port: int) -> list[str]:
        return [self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]]


def test_a_name_is_resolved_once_and_the_checked_address_is_the_one_used(site, canary):
    page = site.add("/", b"here")
    resolver = Rebinding("127.0.0.1", "127.0.0.2")
    rules = Rules(resolve=resolver).also(["127.0.0.1/32"])
    answer = fetch(page.replace("127.0.0.1", "rebond.exemple.fr"), rules)
    assert (answer.content, resolver.answers) == (b"here", ["127.0.0.2"])


def test_a_name_that_rebinds_between_redirects_is_checked_again(site, canary):
    site.add("/", status=302, Location=f"http://rebond.exemple.fr:{canary.port}/")
    rules = Rules(resolve=Rebinding("127.0.0.1", "127.0.0.2")).also(["127.0.0.1/32"])
    with pytest.raises(RequestError) as refused:
        fetch(f"http://rebond.exemple.fr:{site.port}/", rules)
    assert (refused.value.reason, canary.visits) == (Reason.REFUSED_ADDRESS, 0)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.2", "2130706434", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_a_redirect_into_the_network_is_not_followed(status, host, site, canary):
    page = site.add("/", status=status, Location=f"http://{host}:{canary.port}/")
    with pytest.raises(RequestError) as refused:
        fetch(
            page,
            Rules(resolve=lambda host, _: [INSIDE.get(host, "127.0.0.3")]).also(["127.0.0.1/32"]),
        )
    assert (refused.value.reason, canary.visits) == (Reason.REFUSED_ADDRESS, 0)


INSIDE = {"127.0.0.1": "127.0.0.1", "::1": "::1", "::ffff:127.0.0.1": "::ffff:127.0.0.1"}


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://a@127.0.0.1/"]
)
def test_a_redirect_to_another_kind_of_address_is_not_followed(url, site, loopback):
    page = site.add("/", status=302, Location=url)
    with pytest.raises(RequestError) as refused:
        fetch(page, loopback)
    assert refused.value.reason == Reason.BAD_ADDRESS


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f::1", "2a00:1450::1"]
)
def test_the_public_network_is_open(address):
    assert is_public(ip_address(address))
