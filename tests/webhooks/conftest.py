"""A program that listens, and something that it is to be told."""

import pytest
from api import office
from webhooks.receiver import SECRET, receiving

from mailer.clock import now
from mailer.db import transaction
from mailer.subscriptions import operations as subscriptions
from mailer.webhooks import operations
from mailer.webhooks.operations import EndpointData


@pytest.fixture
def receiver(app):
    app.config["OUTGOING_ALLOWED_NETWORKS"] = ["127.0.0.0/8"]
    with receiving() as found:
        yield found


@pytest.fixture
def endpoint(receiver):
    with transaction():
        return operations.add(EndpointData(receiver.url, []), SECRET, "account:1", now()).id


@pytest.fixture
def left(endpoint):
    """Somebody who has left a list since: the number of what they left."""
    with transaction():
        line = office.reader(office.mailing_list(), "camille@exemple.fr")
        subscriptions.end(line.id, "test", now())
        return line.id
