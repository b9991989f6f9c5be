"""The two mails of a copy that is opened: its code, and the word that it was opened."""

from datetime import datetime

from flask import current_app
from flask_babel import force_locale

from mailer import rulebook
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.rights import words
from mailer.rights.proceedings import Handover


def code(row: Handover, digits: str) -> Message:
    """The code, for the minutes that it lives."""
    return templates.render(
        "rights/copy_code",
        row.address,
        row.language,
        code=f"{digits[:4]} {digits[4:]}",
        minutes=rulebook.load().figures.copy_code_minutes.value,
        dpo=current_app.config["DPO_ADDRESS"],
    )


def opened(row: Handover, at: datetime) -> Message:
    """That the copy was opened, and what to do when it was by somebody else."""
    with force_locale(row.language):
        moment = words.moment(at)
    return templates.render(
        "rights/copy_opened",
        row.address,
        row.language,
        moment=moment,
        dpo=current_app.config["DPO_ADDRESS"],
    )
