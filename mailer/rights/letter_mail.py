"""A letter as a mail: its words between the head and the foot of every mail of the house."""

from mailer.mail import templates
from mailer.mail.message import Message
from mailer.rights.composing import Composed
from mailer.rights.parts import as_text


def message(letter: Composed, recipient: str) -> Message:
    """The mail, with its text part of the same words."""
    written = letter.written
    return templates.render(
        "rights/letter", recipient, letter.language, letter=written, text=as_text(written)
    )
