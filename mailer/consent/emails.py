"""The daily word to the officer on where the ledger stands."""

from flask import current_app
from flask_babel import force_locale, format_date, format_decimal
from flask_babel import gettext as _

from mailer.clock import PARIS
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.signed import Mark

OFFICERS_LANGUAGE = "fr"


def anchored(mark: Mark, signature: str, language: str = OFFICERS_LANGUAGE) -> Message:
    """What to keep apart from the server: numbers and hashes, nothing of any person."""
    local = mark.at.astimezone(PARIS)
    with force_locale(language):
        day = format_date(local.date(), "medium")
        return templates.render(
            "consent/anchor",
            current_app.config["DPO_ADDRESS"],
            language,
            day=day,
            moment=_("%(day)s à %(hour)s", day=day, hour=f"{local:%H:%M}"),
            seq=mark.seq,
            count=format_decimal(mark.count),
            head_hash=mark.head_hash,
            signature=signature,
        )
