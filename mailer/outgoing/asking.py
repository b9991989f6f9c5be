"""What a server answers to an address, without reading what it would send."""

from mailer.outgoing import connection
from mailer.outgoing.client import ALWAYS, REDIRECTS
from mailer.outgoing.connection import Request
from mailer.outgoing.failure import Reason, RequestError
from mailer.outgoing.rules import Rules
from mailer.outgoing.target import Deadline, next_url, target

WELL = range(200, 400)


def status(url: str, rules: Rules) -> int:
    """The status after redirects: of a HEAD, or of a GET where a HEAD is not answered well.

    Raises RequestError when nothing answers. Never call it inside a transaction.
    """
    try:
        answered = _asked("HEAD", url, rules)
    except RequestError as failure:
        # Some servers hang up on a HEAD; what cannot be reached at all is not asked twice.
        if failure.reason is not Reason.BAD_ANSWER:
            raise
    else:
        if answered in WELL:
            return answered
    return _asked("GET", url, rules)


def _asked(method: str, url: str, rules: Rules) -> int:
    deadline = Deadline(rules.deadline)
    for _ in range(rules.max_redirects + 1):
        here = target(url, rules, deadline)
        with connection.ask(here, Request(ALWAYS, method), rules, deadline) as answer:
            location = answer.getheader("Location")
            if answer.status not in REDIRECTS or location is None:
                return int(answer.status)
        url = next_url(here.url, location)
    raise RequestError(Reason.TOO_MANY_REDIRECTS)
