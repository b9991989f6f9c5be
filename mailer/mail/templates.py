"""Mails from templates: emails/<domain>/<name>/{subject.txt, body.txt, body.html}."""

import re
import secrets

from flask import current_app
from flask_babel import force_locale

from mailer.clock import now
from mailer.mail.headers import BREAKS, auto_headers
from mailer.mail.message import Message

# A no-break space stays: French writes one before « : ».
FOLDED = re.compile(rf"(?:[ \t]|{BREAKS.pattern})+")


def render(name: str, recipient: str, language: str, **values: object) -> Message:
    """The mail of that name, in that language; works without a request."""
    env = current_app.jinja_env
    given = {"language": language, **values}
    with force_locale(language):
        subject = one_line(env.get_template(f"emails/{name}/subject.txt").render(given))
        given |= {"subject": subject}
        text = env.get_template(f"emails/{name}/body.txt").render(given)
        html = env.get_template(f"emails/{name}/body.html").render(given)
    return written(recipient, subject, text, html)


def written(recipient: str, subject: str, text: str, html: str) -> Message:
    """The mail of these words: it is from us, and what comes back comes to us."""
    domain = current_app.config["SENDER_ADDRESS"].rpartition("@")[2]
    return Message(
        sender=sender(),
        recipient=recipient,
        subject=subject,
        text=text,
        html=html,
        message_id=f"<{secrets.token_hex(16)}@{domain}>",
        date=now(),
        return_path=f"rebond@{current_app.config['RETURN_PATH_DOMAIN']}",
        headers=auto_headers(),
    )


def one_line(text: str) -> str:
    """The text as a header field can hold it: every break of a line is a space."""
    return FOLDED.sub(" ", text).strip(" ")


def sender() -> str:
    """Whom mails come from, as From has it."""
    return f"{current_app.config['SENDER_NAME']} <{current_app.config['SENDER_ADDRESS']}>"
