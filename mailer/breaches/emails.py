"""The reminder to the officer: references and hours, nothing of any person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from flask import current_app
from flask_babel import force_locale

from mailer import links
from mailer.breaches import words
from mailer.mail import templates
from mailer.mail.message import Message

OFFICERS_LANGUAGE = "fr"


@dataclass(frozen=True)
class Ringing:
    """An incident whose timer has come: how long is left, and until when."""

    reference: str
    left: timedelta
    ends_at: datetime


def warning(ringing: Sequence[Ringing]) -> Message:
    """The mail that names them."""
    with force_locale(OFFICERS_LANGUAGE):
        lines = [
            (each.reference, words.left(each.left), words.instant(each.ends_at), _file(each))
            for each in ringing
        ]
    return templates.render(
        "breaches/warning",
        current_app.config["DPO_ADDRESS"],
        OFFICERS_LANGUAGE,
        breaches=lines,
        count=len(lines),
        register=links.absolute("/bureau/violations"),
    )


def _file(each: Ringing) -> str:
    return links.absolute(f"/bureau/violations/{quote(each.reference)}")
