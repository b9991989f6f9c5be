"""What the officer is told of drafts that nobody has looked at: how many, and by when."""

from collections.abc import Sequence
from datetime import date

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import links
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.rights import words
from mailer.rights.reminder_mails import OFFICERS_LANGUAGE


def reminder(dues: Sequence[date], today: date, language: str = OFFICERS_LANGUAGE) -> Message:
    """The mail, with the day by which each draft would have to be answered; nothing of persons."""
    with force_locale(language):
        lines = [
            _(
                "%(left)s : si c’est une demande, réponse au plus tard le %(day)s",
                left=words.remaining(due, today),
                day=words.day(due),
            )
            for due in dues
        ]
    return templates.render(
        "rights/mails_waiting",
        current_app.config["DPO_ADDRESS"],
        language,
        lines=lines,
        count=len(dues),
        desk=links.absolute("/bureau/courriels"),
    )
