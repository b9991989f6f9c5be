"""The mails of a subscription: nothing in them but what the person asked for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from flask import current_app
from flask_babel import force_locale, format_date

from mailer import links
from mailer.clock import paris_day
from mailer.mail import templates
from mailer.mail.headers import Pair, mailto, unsubscribe_headers
from mailer.mail.message import Message
from mailer.subscriptions.models import (
    Confirmation,
    MailingList,
    Renewal,
    Subscriber,
    Subscription,
)
from mailer.tokens import CONFIRM, RENEW, UNSUBSCRIBE


def confirmation(sent: Confirmation, language: str) -> Message:
    """The link that leads to the one button."""
    return templates.render(
        "subscriptions/confirmation",
        sent.subscriber.address,
        language,
        lists=[line.mailing_list for line in sent.subscriptions],
        link=links.confirmation(CONFIRM.sign(sent.id)),
        notice=links.notice(),
    )


def imported(sent: Confirmation, source: str, collected_on: date | None) -> Message:
    """Whether somebody whose address came in a file wants the list: where it comes from, a button.

    No pixel, no tracked link: nothing was agreed to yet.
    """
    return templates.render(
        "subscriptions/imported",
        sent.subscriber.address,
        sent.subscriber.language,
        lists=[line.mailing_list for line in sent.subscriptions],
        source=source,
        collected_on=collected_on and _long(collected_on, sent.subscriber.language),
        link=links.confirmation(CONFIRM.sign(sent.id)),
        notice=links.notice(),
        rights=links.rights(),
    )


def already(sent: Confirmation, language: str) -> Message:
    """What somebody who receives the lists already gets instead; only the mailbox learns it."""
    return templates.render(
        "subscriptions/already",
        sent.subscriber.address,
        language,
        lists=with_exits(sent.subscriptions),
        notice=links.notice(),
    )


def welcome(subscriber: Subscriber, lines: Sequence[Subscription]) -> Message:
    """What comes next, and how to leave each list."""
    message = templates.render(
        "subscriptions/welcome",
        subscriber.address,
        subscriber.language,
        lists=with_exits(lines),
        rights=links.rights(),
        notice=links.notice(),
    )
    return replace(message, headers=(*message.headers, *_leaving(lines)))


def renewal(asked: Renewal, lines: Sequence[Subscription], until: datetime) -> Message:
    """The question after years of silence, and the last day to answer it."""
    message = templates.render(
        "subscriptions/renewal",
        asked.subscriber.address,
        asked.subscriber.language,
        lists=with_exits(lines),
        link=links.renewal(RENEW.sign(asked.id)),
        day=_day(until, asked.subscriber.language),
        notice=links.notice(),
    )
    return replace(message, headers=(*message.headers, *_leaving(lines)))


def _day(at: datetime, language: str) -> str:
    return _long(paris_day(at), language)


def _long(day: date, language: str) -> str:
    """The civil date in words; no request says in which language."""
    with force_locale(language):
        return str(format_date(day, "long"))


def _leaving(lines: Sequence[Subscription]) -> tuple[Pair, ...]:
    """How the mail program leaves; one press cannot say which of several lists it is about."""
    if len(lines) != 1:
        return ()
    token = UNSUBSCRIBE.sign([lines[0].id, ""])
    by_mail = mailto(current_app.config["SENDER_ADDRESS"], token)
    return unsubscribe_headers(links.one_click(token), by_mail)


def with_exits(lines: Sequence[Subscription]) -> list[tuple[MailingList, str]]:
    """Each list with the page from which it is left."""
    return [
        (line.mailing_list, links.unsubscription(UNSUBSCRIBE.sign([line.id, ""]))) for line in lines
    ]
