"""The mail to who looks after the service."""

from flask import current_app

from mailer import links
from mailer.mail import templates
from mailer.mail.message import Message

STAFFS_LANGUAGE = "fr"


def alarm() -> Message:
    """A ceiling is near: where to look, and what it means; nothing of any person."""
    return templates.render(
        "abuse/alarm",
        current_app.config["SECURITY_ADDRESS"],
        STAFFS_LANGUAGE,
        counts=links.absolute("/bureau/abus"),
        mails=current_app.config["MAILS_ASKED_AN_HOUR"],
        to_a_domain=current_app.config["MAILS_TO_A_DOMAIN_AN_HOUR"],
    )
