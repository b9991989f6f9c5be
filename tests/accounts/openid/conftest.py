"""A provider on loopback, and an application that signs people in there."""

import http.client
from urllib.parse import urlsplit

import pytest
from openid_provider import CLIENT, SECRET, running

from mailer.accounts import operations as doors
from mailer.clock import now
from mailer.db import transaction

PASSPHRASE = "sept phares et une marée"


@pytest.fixture
def provider():
    with running() as provider:
        yield provider


@pytest.fixture
def oidc(app, provider):
    """`oidc(OIDC_SHAPE="keycloak")`: the settings of this provider, and those besides."""

    def configure(**settings):
        app.config.update(
            OUTGOING_ALLOWED_NETWORKS=["127.0.0.1/32"],
            OIDC_ISSUER=provider.issuer,
            OIDC_CLIENT_ID=CLIENT,
            OIDC_CLIENT_SECRET=SECRET,
            OIDC_NAME="Ville",
        )
        app.config.update(settings)

    configure()
    return configure


@pytest.fixture
def camille(app):
    """An account that somebody of the provider may be."""
    with transaction():
        return doors.create("camille@exemple.fr", "Camille", PASSPHRASE, ["editor"], now()).id


def follow(address):
    """Where the provider sends the browser."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    answer = connection.getresponse()
    connection.close()
    return answer.getheader("Location")


@pytest.fixture
def travel(visitor, oidc):
    """`travel()`: to the provider and back, in the visitor's browser."""

    def go(back="", change=lambda address: address):
        sent = visitor.get("/connexion/openid", query_string={"next": back} if back else {})
        if sent.status_code != 303:
            return sent
        parts = urlsplit(change(follow(sent.location)))
        return visitor.get(f"{parts.path}?{parts.query}")

    return go
