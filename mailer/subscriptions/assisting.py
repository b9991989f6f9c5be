"""What staff do for somebody who asked them: end a subscription, or write the link once more."""

from datetime import datetime
from enum import StrEnum

from mailer.abuse import allowance
from mailer.audit.operations import record
from mailer.consent.evidence import Method
from mailer.errors import Conflict
from mailer.subscriptions import operations, queries
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.states import State


class Motive(StrEnum):
    """By which way the person asked."""

    MAIL = "mail"
    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"


def end(line: Subscription, motive: Motive, actor: str, at: datetime) -> None:
    """Nothing more of that list, because the person asked for it; how they did is kept with it."""
    operations.end(line.id, f"asked:{motive.value}", at, Method.STAFF)
    record(actor, "end-as-asked", f"subscription:{line.id}")


def write_again(line: Subscription, actor: str, at: datetime) -> bool:
    """Write a new link to the mailbox; False where it was written to a short while ago.

    Raises Conflict when nothing waits for a yes: nobody is written to who did not ask.
    """
    line = queries.subscription(line.id)
    if line.state is not State.PENDING or line.mailing_list.closed_at:
        raise Conflict("nothing waits")
    person = line.subscriber
    if not allowance.may_write(person.fingerprint, person.address, at):
        return False
    operations.write_link(person, [line], person.language, at)
    record(actor, "write-again", f"subscription:{line.id}")
    return True
