"""Where requests may go, how long they may take and how much they may bring back."""

import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

from flask import current_app

from mailer.outgoing.failure import Reason

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

WEB_PORTS = frozenset({80, 443})

# Python 3.11's is_global calls some of these global (IANA special-purpose registries, 2024).
# The IPv6 ones embed an IPv4 address or lead to a translator that would reach one (RFC 3056,
# 4380, 6052, 8215); all of them lie inside 2000::/3 or are refused with the rest outside it.
NOT_PUBLIC = tuple(
    ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "2001::/23", "2002::/16",
                 "2001:db8::/32", "3fff::/20")
)  # fmt: skip
# The only IPv6 addresses handed out for the public network so far (RFC 4291, IANA).
PUBLIC_IPV6 = ip_network("2000::/3")


def public_web_only(address: Address, port: int) -> bool:
    """Whether it is a web port of a machine on the public network."""
    return port in WEB_PORTS and is_public(address)


def is_public(address: Address) -> bool:
    """Whether the address is one that anyone on the Internet could reach."""
    if isinstance(address, IPv6Address) and (address.scope_id or address not in PUBLIC_IPV6):
        return False
    special = any(address in network for network in NOT_PUBLIC)
    return address.is_global and not address.is_multicast and not special


def system_resolver(host: str, port: int) -> list[str]:
    """Every address of the host, as this machine resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True)
class Rules:
    """The rules of one request; the defaults are the strict ones."""

    allow: Callable[[Address, int], bool] = public_web_only
    resolve: Callable[[str, int], list[str]] = system_resolver
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    deadline: timedelta = timedelta(seconds=10)
    max_bytes: int = 5_000_000
    max_redirects: int = 3
    # Where every port is open, besides what is allowed everywhere.
    opened: tuple[Network, ...] = ()

    def also(self, networks: Iterable[str]) -> "Rules":
        """The same rules, with every port of these networks open besides."""
        return replace(self, opened=self.opened + tuple(map(ip_network, networks)))

    def refusal(self, addresses: Iterable[Address], port: int) -> Reason | None:
        """Why these addresses may not all be asked on that port; None when they may."""
        closed = [each for each in addresses if not any(each in network for network in self.opened)]
        if all(self.allow(address, port) for address in closed):
            return None
        of_the_web = max(WEB_PORTS)
        is_of_port = all(self.allow(address, of_the_web) for address in closed)
        return Reason.REFUSED_PORT if is_of_port else Reason.REFUSED_ADDRESS


def configured() -> Rules:
    """The strict rules, opened for the networks that the operator named."""
    return Rules().also(current_app.config["OUTGOING_ALLOWED_NETWORKS"])
