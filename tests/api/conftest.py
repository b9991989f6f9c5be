"""A program that asks with a key, as a site of an office would."""

import json

import pytest
from api import office

from mailer.db import transaction


class Program:
    """Asks in JSON and shows its key; `send` gives the answer."""

    def __init__(self, app, secret):
        self.client, self.secret = app.test_client(use_cookies=False), secret

    def send(self, method, path, body=None, **headers):
        sent = {"Authorization": f"Bearer {self.secret}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = {} if body is None else {"data": json.dumps(body)}
        if body is not None:
            content["content_type"] = "application/json"
        return self.client.open(f"/api/v1{path}", method=method, headers=sent, **content)

    def get(self, path, **headers):
        return self.send("GET", path, **headers)

    def post(self, path, body=None, **headers):
        return self.send("POST", path, body, **headers)

    def patch(self, path, body, tag):
        return self.send("PATCH", path, body, If_Match=tag)


@pytest.fixture
def maker(app):
    """The number of the account that answers for the keys: it may give every scope."""
    with transaction():
        return office.someone()


@pytest.fixture
def secret_of(maker):
    """`secret_of("lists:read")`: the secret of a new key with those scopes."""

    def make(*scopes):
        with transaction():
            return office.secret(maker, *scopes)

    return make


@pytest.fixture
def program(app, secret_of):
    """`program("lists:read")`: a program with a key of those scopes; of all, without any."""
    return lambda *scopes: Program(app, secret_of(*scopes))
