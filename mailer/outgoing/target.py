"""What a URL asks for, and the checked addresses that the connection will go to."""

import re
import time
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from mailer.outgoing.failure import Reason, RequestError
from mailer.outgoing.rules import WEB_PORTS, Rules

DEFAULT_PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[a-z0-9._-]{1,253}|[0-9a-f:.]{2,45}")
# What RFC 3986 lets stand in a path or query as it is; the percent sign is already an escape.
AS_IT_IS = "/%:=&?~#+!$,;'@()*[]"


class Deadline:
    """One moment by which everything must be done, however many steps it takes."""

    def __init__(self, allowed: timedelta) -> None:
        self.end = time.monotonic() + allowed.total_seconds()

    def left(self) -> float:
        """The seconds left; raises RequestError when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise RequestError(Reason.TOO_SLOW)
        return left


@dataclass(frozen=True)
class Target:
    """A checked destination: `ips` are where the bytes may go, `host` is whom they are for."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    ips: tuple[str, ...]

    @property
    def authority(self) -> str:
        """The Host header."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == DEFAULT_PORTS[self.scheme] else f"{name}:{self.port}"


def target(url: str, rules: Rules, deadline: Deadline) -> Target:
    """Resolve the host once and check every address it has; raises RequestError for a bad one."""
    parts = split(url)
    host, port = host_of(parts), port_of(parts)
    addresses = resolved(host, port, rules, deadline)
    if reason := rules.refusal(map(ip_address, addresses), port):
        raise RequestError(reason)
    return Target(url, parts.scheme, host, port, path_of(parts), tuple(addresses))


def split(url: str) -> SplitResult:
    """The parts of an http or https URL without credentials."""
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - reading it is what raises for a port that is no number
    except ValueError:
        raise RequestError(Reason.BAD_ADDRESS) from None
    if parts.scheme not in DEFAULT_PORTS or "@" in parts.netloc or "\\" in url:
        raise RequestError(Reason.BAD_ADDRESS)
    return parts


def refusal(url: str, rules: Rules) -> Reason | None:
    """Why that URL will never be asked, as far as it says so itself: no name is resolved."""
    if not url.isprintable():
        return Reason.BAD_ADDRESS
    try:
        parts = split(url)
        host, port = host_of(parts), port_of(parts)
    except RequestError as failure:
        return failure.reason
    try:
        return rules.refusal([ip_address(host)], port)
    except ValueError:
        # A name may be one of the opened networks, where every port is.
        is_open = port in WEB_PORTS or bool(rules.opened)
        return None if is_open else Reason.REFUSED_PORT


def host_of(parts: SplitResult) -> str:
    """The host in the form that is sent and resolved: lower case, IDNA."""
    try:
        host = (parts.hostname or "").encode("idna").decode().lower()
    except UnicodeError:
        raise RequestError(Reason.BAD_ADDRESS) from None
    if not HOST.fullmatch(host):
        raise RequestError(Reason.BAD_ADDRESS)
    return host


def path_of(parts: SplitResult) -> str:
    """The path and query with nothing in them that could end the request line."""
    query = f"?{quote(parts.query, AS_IT_IS)}" if parts.query else ""
    return quote(parts.path or "/", AS_IT_IS) + query


def port_of(parts: SplitResult) -> int:
    return DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port


def resolved(host: str, port: int, rules: Rules, deadline: Deadline) -> list[str]:
    """Every address of the host, or RequestError when there is none in time."""
    answers: SimpleQueue[list[str]] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(rules.resolve(host, port))
        except (OSError, UnicodeError):
            answers.put([])

    # The system's resolver takes no timeout: it is left behind when it is too slow.
    Thread(target=ask, daemon=True).start()
    try:
        addresses = answers.get(timeout=deadline.left())
    except Empty:
        raise RequestError(Reason.TOO_SLOW) from None
    if not addresses:
        raise RequestError(Reason.UNKNOWN_HOST)
    return addresses


def next_url(here: str, location: str) -> str:
    """Where a redirect leads."""
    # http.client reads headers as Latin-1; servers send UTF-8 there more often than not.
    raw = location.encode("latin-1")
    try:
        return urljoin(here, raw.decode())
    except UnicodeDecodeError:
        return urljoin(here, location)
    except ValueError:
        raise RequestError(Reason.BAD_ADDRESS) from None
