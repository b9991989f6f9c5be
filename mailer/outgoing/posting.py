"""What is posted to another server, under the same rules as a GET.

A redirect is not followed: what is sent is for that address alone.
"""

from collections.abc import Mapping
from http.client import HTTPResponse
from urllib.parse import urlencode

from mailer.outgoing import connection
from mailer.outgoing.client import ALWAYS, Answer, finished
from mailer.outgoing.connection import Request
from mailer.outgoing.rules import Rules
from mailer.outgoing.target import Deadline, target

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def post(
    url: str, fields: Mapping[str, str], rules: Rules, headers: Mapping[str, str] | None = None
) -> Answer:
    """The answer to a form, 200; anything else raises RequestError with its reason.

    Never call it inside a transaction: it may take as long as the deadline.
    """
    about = {"Content-Type": FORM} | dict(headers or {})
    with _posted(url, urlencode(fields).encode(), rules, about) as answer:
        return finished(url, answer, rules)


def send(url: str, content: bytes, rules: Rules, headers: Mapping[str, str]) -> int:
    """The status that came back to JSON, whatever it is; raises RequestError when none did.

    Never call it inside a transaction: it may take as long as the deadline.
    """
    about = {"Content-Type": JSON} | dict(headers)
    with _posted(url, content, rules, about) as answer:
        return int(answer.status)


def _posted(url: str, content: bytes, rules: Rules, about: dict[str, str]) -> HTTPResponse:
    deadline = Deadline(rules.deadline)
    here = target(url, rules, deadline)
    request = Request(ALWAYS | about | {"Content-Length": str(len(content))}, "POST", content)
    return connection.ask(here, request, rules, deadline)
