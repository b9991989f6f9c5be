"""A test client that fills forms as a browser does."""

from flask import session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from mailer.db import db
from mailer.web.forms import form_token


class Browser(FlaskClient):
    """A browser: `submit` posts a form with the hidden tokens that its page would carry."""

    def open(self, *args, buffered=True, **kwargs):
        """Ask in an application context of the request's own, as a server does.

        The test's own reading ends first, so that afterwards it sees what the request wrote.
        """
        db.session.rollback()
        with self.application.app_context():
            return super().open(*args, buffered=buffered, **kwargs)

    def submit(self, path, **fields):
        return self.post(path, data=self.tokens() | fields)

    def tokens(self):
        with self.session_transaction() as kept:
            if "account" not in kept:
                return {"form_token": form_token()}
            with self.application.test_request_context():
                session.update(kept)
                token = generate_csrf()
                kept["csrf_token"] = session["csrf_token"]
        return {"csrf_token": token}
