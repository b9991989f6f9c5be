"""What is asked of people who did not write to us: each is looked at once more when it leaves."""

from collections.abc import Sequence

from mailer import addresses
from mailer.consent.queries import suppressions
from mailer.consent.subjects import fingerprint_of
from mailer.mail.outbox import Claimed
from mailer.subscriptions import renewals
from mailer.subscriptions.imports import asking

ORIGINS = frozenset({renewals.ORIGIN, asking.ORIGIN})


def withdraw(batch: Sequence[Claimed]) -> set[int]:
    """Of those mails, the questions to people who may not be written to any more.

    They objected, or had their data set aside, since it was put in the outbox.
    """
    asked = [mail for mail in batch if _kind(mail) in ORIGINS]
    stopped = suppressions([_who(mail) for mail in asked])
    gone = [mail for mail in asked if _who(mail) in stopped]
    # One that may have arrived can be answered yet; any other was never asked.
    unasked = [mail for mail in gone if _kind(mail) == renewals.ORIGIN and not mail.is_repeated]
    if unasked:
        renewals.forget([int(mail.origin.partition(":")[2]) for mail in unasked])
    return {mail.id for mail in gone}


def _kind(mail: Claimed) -> str:
    return mail.origin.partition(":")[0]


def _who(mail: Claimed) -> str:
    return fingerprint_of(addresses.parse(mail.message.recipient))
