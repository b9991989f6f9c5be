"""The mails of a subscription: nothing in them but what the person asked for."""

from collections.abc import Sequence

from mailer import links
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.subscriptions.models import Confirmation, MailingList, Subscriber, Subscription
from mailer.tokens import CONFIRM, UNSUBSCRIBE


def confirmation(sent: Confirmation, language: str) -> Message:
    """The link that leads to the one button."""
    return templates.render(
        "subscriptions/confirmation",
        sent.subscriber.address,
        language,
        lists=names(sent),
        link=links.confirmation(CONFIRM.sign(sent.id)),
        notice=links.notice(),
    )


def already(sent: Confirmation, language: str) -> Message:
    """What somebody who receives the lists already gets instead; only the mailbox learns it."""
    return templates.render(
        "subscriptions/already",
        sent.subscriber.address,
        language,
        lists=names(sent),
        leave=[(line.mailing_list.name, unsubscription(line)) for line in sent.subscriptions],
        notice=links.notice(),
    )


def names(sent: Confirmation) -> list[MailingList]:
    """The lists that the mail is about."""
    return [line.mailing_list for line in sent.subscriptions]


def welcome(subscriber: Subscriber, lines: Sequence[Subscription]) -> Message:
    """What comes next, and how to leave each list."""
    return templates.render(
        "subscriptions/welcome",
        subscriber.address,
        subscriber.language,
        lists=[(line.mailing_list, unsubscription(line)) for line in lines],
        rights=links.rights(),
        notice=links.notice(),
    )


def unsubscription(line: Subscription) -> str:
    """The page from which one list is left."""
    return links.unsubscription(UNSUBSCRIBE.sign([line.id, ""]))
