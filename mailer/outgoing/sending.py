"""Bytes posted to another server, under the same rules as a GET."""

from collections.abc import Mapping

from mailer.outgoing import connection
from mailer.outgoing.client import ALWAYS
from mailer.outgoing.connection import Request
from mailer.outgoing.rules import Rules
from mailer.outgoing.target import Deadline, target

JSON = "application/json"


def send(url: str, content: bytes, rules: Rules, headers: Mapping[str, str]) -> int:
    """The status that came back, whatever it is; raises RequestError when none did.

    A redirect is not followed: what is signed is for that address alone. Never call it inside a
    transaction: it may take as long as the deadline.
    """
    deadline = Deadline(rules.deadline)
    here = target(url, rules, deadline)
    about = {"Content-Type": JSON, "Content-Length": str(len(content))}
    request = Request(ALWAYS | about | dict(headers), "POST", content)
    with connection.ask(here, request, rules, deadline) as answer:
        return int(answer.status)
