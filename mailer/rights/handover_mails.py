"""The mails that a page asks for: a fresh link, a code, and the word that a copy was opened."""

from datetime import datetime

from flask import current_app
from flask_babel import force_locale

from mailer import links, rulebook
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.rights import words
from mailer.rights.models import RightsRequest
from mailer.rights.proceedings import Handover
from mailer.tokens import RIGHTS_STATUS


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


def status(case: RightsRequest) -> Message:
    """A fresh link to the state of a request."""
    return templates.render(
        "rights/status_link",
        case.address,
        case.language,
        reference=case.reference,
        link=links.rights_status(RIGHTS_STATUS.sign(case.id)),
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
