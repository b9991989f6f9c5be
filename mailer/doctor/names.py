"""Asking the DNS (RFC 1035): the one place that speaks it."""

from collections.abc import Callable
from ipaddress import ip_address

import dns.exception
import dns.resolver
import dns.reversename

# For one question, with what is asked again.
SECONDS = 5.0
LOOPBACK, PORT = "127.0.0.1", 53


class UnknownNameError(Exception):
    """No server of names answers; that is not the same as the answer that there is nothing."""


class Names:
    """What stands in the DNS, as the system's servers tell it, or another one."""

    def __init__(self, server: tuple[str, int] | None = None) -> None:
        """`server`: the address and the port of the one to ask."""
        try:
            self._resolver = dns.resolver.Resolver(configure=server is None)
        except dns.resolver.NoResolverConfiguration:
            # As the system does without a configuration (resolv.conf(5)).
            self._resolver, server = dns.resolver.Resolver(configure=False), (LOOPBACK, PORT)
        if server:
            self._resolver.nameservers, self._resolver.port = [server[0]], server[1]

    def texts(self, name: str) -> list[str]:
        """The TXT records there, each in one piece."""
        return self._ask(
            name, "TXT", lambda data: b"".join(data.strings).decode("utf-8", "replace")
        )

    def addresses(self, host: str) -> list[str]:
        """The addresses of the host; itself, when it is one."""
        try:
            return [str(ip_address(host))]
        except ValueError:
            return [found for kind in ("A", "AAAA") for found in self._ask(host, kind, str)]

    def exchangers(self, domain: str) -> list[str]:
        """The hosts that take mails for the domain."""
        found = self._ask(domain, "MX", lambda data: str(data.exchange).rstrip("."))
        return [host for host in found if host]

    def of_address(self, address: str) -> list[str]:
        """The names that the address says it has."""
        reverse = dns.reversename.from_address(address).to_text()
        return self._ask(reverse, "PTR", lambda data: str(data.target).rstrip("."))

    def _ask(self, name: str, kind: str, read: Callable[..., str]) -> list[str]:
        try:
            answer = self._resolver.resolve(name, kind, lifetime=SECONDS, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except dns.exception.DNSException as error:
            raise UnknownNameError(type(error).__name__) from None
        return [read(data) for data in answer]
