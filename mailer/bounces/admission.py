"""Who may tell us something: each service by what it was given, and by all of what it was given."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mailer.bounces import signatures, signatures_sns
from mailer.bounces.providers.reading import Table, parsed, table, text
from mailer.bounces.providers.told import Posted
from mailer.errors import Invalid

SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"
AMAZON = "ses"
# https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
ANNOUNCED = (("x-amz-sns-message-type", "Type"), ("x-amz-sns-message-id", "MessageId"))
# Signed without anything between it and what follows: of any other length, a digit could be moved.
SECONDS = re.compile(r"[0-9]{10}")


@dataclass(frozen=True)
class Secrets:
    """What was agreed with one service; of each kind several hold while one replaces another."""

    logins: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.logins or self.keys or self.topics)


def sorted_out(texts: Iterable[str]) -> Secrets:
    """The secrets by their kind: "user:password", a topic of SNS, or else a key or token."""
    given = tuple(texts)
    topics = tuple(each for each in given if signatures_sns.TOPIC.fullmatch(each))
    others = tuple(each for each in given if each not in topics)
    return Secrets(
        logins=tuple(each for each in others if ":" in each),
        keys=tuple(each for each in others if ":" not in each),
        topics=topics,
    )


Check = Callable[[Posted, tuple[str, ...], datetime], bool]


def may_tell(provider: str, posted: Posted, secrets: Secrets, at: datetime) -> bool:
    """Whether the request has all that this service was given; nothing given lets nobody in.

    The signature of Amazon SNS asks for a certificate first, and is checked apart (sns.py).
    """
    authorization = posted.headers.get("authorization", "")
    if secrets.logins and not signatures.is_login(authorization, secrets.logins):
        return False
    if provider == AMAZON and not _agrees(posted):
        return False
    check = CHECKS.get(provider, _has_token)
    if secrets.keys and not check(posted, secrets.keys, at):
        return False
    return bool(secrets) and (not secrets.topics or _is_of_topic(posted, secrets.topics))


def _has_token(posted: Posted, keys: tuple[str, ...], _at: datetime) -> bool:
    return signatures.is_token(posted.headers.get("authorization", ""), keys)


def _is_of_sendgrid(posted: Posted, keys: tuple[str, ...], at: datetime) -> bool:
    timestamp = posted.headers.get(TIMESTAMP, "")
    signed = timestamp.encode() + posted.body
    by_them = signatures.is_ecdsa(signed, posted.headers.get(SIGNATURE, ""), keys)
    return by_them and signatures.is_fresh(timestamp, at)


def _is_of_mailgun(posted: Posted, keys: tuple[str, ...], at: datetime) -> bool:
    said = table(posted.form) if posted.form else _object(posted).get("signature")
    timestamp, token, signature = (
        text(table(said).get(name)) for name in ("timestamp", "token", "signature")
    )
    by_them = signatures.is_hmac(timestamp + token, signature, keys)
    return by_them and bool(SECONDS.fullmatch(timestamp)) and signatures.is_fresh(timestamp, at)


def _is_of_topic(posted: Posted, topics: tuple[str, ...]) -> bool:
    return text(_object(posted).get("TopicArn")) in topics


def _agrees(posted: Posted) -> bool:
    """Whether the message is the one that the header fields of SNS announce."""
    message = _object(posted)
    return all(
        text(message.get(name)) == posted.headers.get(field, "") for field, name in ANNOUNCED
    )


def _object(posted: Posted) -> Table:
    try:
        return table(parsed(posted.body))
    except Invalid:
        return {}


CHECKS: Mapping[str, Check] = {"sendgrid": _is_of_sendgrid, "mailgun": _is_of_mailgun}
