"""A form posted to another server, under the same rules as a GET."""

from collections.abc import Mapping
from urllib.parse import urlencode

from mailer.outgoing import connection
from mailer.outgoing.client import ALWAYS, Answer, finished
from mailer.outgoing.connection import Request
from mailer.outgoing.rules import Rules
from mailer.outgoing.target import Deadline, target

FORM = "application/x-www-form-urlencoded"


def post(
    url: str, fields: Mapping[str, str], rules: Rules, headers: Mapping[str, str] | None = None
) -> Answer:
    """The answer, 200; anything else raises RequestError with its reason.

    A redirect is not followed: what the fields hold is for that address alone. Never call it inside
    a transaction: it may take as long as the deadline.
    """
    deadline = Deadline(rules.deadline)
    here = target(url, rules, deadline)
    content = urlencode(fields).encode()
    about = {"Content-Type": FORM, "Content-Length": str(len(content))}
    request = Request(ALWAYS | about | dict(headers or {}), "POST", content)
    with connection.ask(here, request, rules, deadline) as answer:
        return finished(here.url, answer, rules)
