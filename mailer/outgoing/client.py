"""A GET that cannot be led into our own network, hang, or fill the memory.

resolve once | check every address | connect to the checked one | read under a ceiling,
and the same again at each redirect (OWASP SSRF Prevention; ASVS 5.0, 1.3.6).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPResponse

from mailer.outgoing import body, connection
from mailer.outgoing.connection import Request
from mailer.outgoing.failure import Reason, RequestError
from mailer.outgoing.rules import Rules
from mailer.outgoing.target import Deadline, next_url, target

REDIRECTS = frozenset({301, 302, 303, 307, 308})
OK, NOT_MODIFIED = 200, 304
REASONS = {
    401: Reason.FORBIDDEN,
    403: Reason.FORBIDDEN,
    404: Reason.NOT_FOUND,
    410: Reason.NOT_FOUND,
}
ALWAYS = {"User-Agent": "mailer/0.1", "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}


@dataclass(frozen=True)
class Answer:
    """What came back, and from where after the redirects; a 304 has no body."""

    url: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)


def fetch(url: str, rules: Rules, headers: Mapping[str, str] | None = None) -> Answer:
    """The answer to a GET, 200 or 304; anything else raises RequestError with its reason.

    Never call it inside a transaction: it may take as long as the deadline.
    """
    deadline = Deadline(rules.deadline)
    request = Request(ALWAYS | dict(headers or {}))
    for _ in range(rules.max_redirects + 1):
        here = target(url, rules, deadline)
        with connection.ask(here, request, rules, deadline) as answer:
            location = answer.getheader("Location")
            if answer.status not in REDIRECTS or location is None:
                return finished(here.url, answer, rules)
        url = next_url(here.url, location)
    raise RequestError(Reason.TOO_MANY_REDIRECTS)


def joined(lines: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The headers by lower-case name; several lines of one are one list (RFC 9110, 5.3)."""
    headers: dict[str, str] = {}
    for name, value in lines:
        before = headers.get(name.lower())
        headers[name.lower()] = value if before is None else f"{before}, {value}"
    return headers


def finished(url: str, answer: HTTPResponse, rules: Rules) -> Answer:
    """The answer with its body read."""
    headers = joined(answer.getheaders())
    if answer.status == NOT_MODIFIED:
        return Answer(url, NOT_MODIFIED, headers, b"")
    if answer.status != OK:
        raise RequestError(REASONS.get(answer.status, Reason.BAD_STATUS))
    return Answer(url, OK, headers, body.read(answer, rules.max_bytes))
