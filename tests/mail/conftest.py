from datetime import timedelta

import pytest

from mailer.clock import now
from mailer.db import transaction
from mailer.mail import outbox, relay
from mailer.mail.message import Message
from mailer.mail.transports.memory import Memory


@pytest.fixture
def carrier(app):
    """The application's carrier, which keeps what it takes."""
    memory = Memory()
    app.extensions[relay.KEY] = memory
    return memory


@pytest.fixture
def message(app):
    """`message("zoe")`: a mail to zoe@exemple.fr."""

    def made(name: str) -> Message:
        return Message(
            sender="L’Estran <lettre@exemple.fr>",
            recipient=f"{name}@exemple.fr",
            subject="Bonjour",
            text="Bonjour",
            html="<p>Bonjour</p>",
            message_id=f"<{name}@exemple.fr>",
            date=now(),
            return_path="rebond@rebond.exemple.fr",
        )

    return made


@pytest.fixture
def write(message):
    """`write("zoe")`: put a mail to zoe@exemple.fr in the outbox; its id."""

    def put(name: str, patience: timedelta = timedelta(days=5)) -> int:
        with transaction():
            return outbox.put(message(name), f"test:{name}", patience).id

    return put
