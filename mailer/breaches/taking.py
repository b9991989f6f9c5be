"""The persons of an incident as a file: a motive first, then the lines."""

from collections.abc import Iterator

from mailer import sheets
from mailer.audit.operations import record
from mailer.breaches import people
from mailer.breaches.models import Breach
from mailer.breaches.operations import subject
from mailer.breaches.scope import Scope
from mailer.errors import Invalid
from mailer.subscriptions.exports import SHORTEST_MOTIVE

COLUMNS = ("address", "language")


def begin(breach: Breach, scope: Scope, motive: str, actor: str) -> int:
    """Note who takes how many away, and why; how many. Raises Invalid without a motive."""
    said = " ".join(motive.split())
    if len(said) < SHORTEST_MOTIVE:
        raise Invalid("motive")
    number = people.count(scope)
    record(actor, "export", f"{subject(breach)} rows:{number} motive:{said}")
    return number


def lines(scope: Scope) -> Iterator[str]:
    """The file, piece by piece; the memory holds a thousand rows at most."""
    yield sheets.MARK + sheets.line(COLUMNS)
    for person in people.every(scope):
        yield sheets.line((person.address, person.language))
