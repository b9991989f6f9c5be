"""What leaves the outbox is signed once there is a key."""

import pytest
from signatures import start_signing, verdicts

from mailer.mail import jobs, relay
from mailer.mail.transports.memory import Memory


@pytest.fixture
def keys(app):
    return start_signing(app)


def test_a_mail_of_the_outbox_leaves_signed(keys, app, write):
    app.extensions[relay.KEY] = carrier = Memory()
    write("zoe")

    jobs.send_outbox()

    assert verdicts(carrier.taken[0].content, keys) == [True, True]


def test_without_a_key_it_leaves_as_it_was_written(carrier, write):
    write("zoe")

    jobs.send_outbox()

    assert carrier.taken[0].content.startswith(b"From: ")
