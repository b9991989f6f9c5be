"""Visitors of a running site: each keeps a connection, reads pages and posts their forms."""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from math import ceil
from urllib.parse import urlencode

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 60
OK = 200
FIELD = re.compile(r'name="(form_token|shown)" value="([^"]*)"')
FORM, SIGN_UPS = "/", "/inscriptions"
POSTED = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Answer:
    """What was asked for, the seconds until the whole answer was there, and its status."""

    kind: str
    seconds: float
    status: int


class Visitor:
    """One connection, as a proxy passes it on for somebody of a network of their own."""

    def __init__(self, port: int, number: int) -> None:
        self.answers: list[Answer] = []
        network = f"10.{number >> 8 & 255}.{number & 255}.7"
        self._headers = {"X-Forwarded-For": network, "User-Agent": "mailer bench"}
        self._connection = HTTPConnection(LOOPBACK, port, timeout=PATIENCE_SECONDS)

    def read(self, kind: str, path: str) -> str:
        """The page at that path."""
        return self._ask(kind, "GET", path)

    def post(self, kind: str, path: str, fields: Mapping[str, str]) -> int:
        """Send a form; the status of the answer."""
        self._ask(kind, "POST", path, urlencode(fields), POSTED)
        return self.answers[-1].status

    def sign_up(self, address: str, wanted: str) -> bool:
        """Read the form and post it with what it carries; whether it was taken."""
        fields = {**carried(self.read("form", FORM)), "email": address, "lists": wanted}
        return self.post("sign-up", SIGN_UPS, fields) == OK

    def leave(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _ask(
        self,
        kind: str,
        method: str,
        path: str,
        body: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        began = time.perf_counter()
        self._connection.request(method, path, body, {**self._headers, **(headers or {})})
        answer = self._connection.getresponse()
        page = answer.read()
        self.answers.append(Answer(kind, time.perf_counter() - began, answer.status))
        return page.decode()


def carried(page: str) -> dict[str, str]:
    """What the form of that page carries unseen."""
    return dict(FIELD.findall(page))


def percentile(seconds: Sequence[float], share: float) -> float:
    """The shortest time in which that share of the answers was there (nearest rank)."""
    return sorted(seconds)[max(0, ceil(len(seconds) * share) - 1)]
