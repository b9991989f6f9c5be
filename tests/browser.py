"""A test client that fills forms as a browser does."""

from contextlib import suppress

import page_rules
from flask import session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException

from mailer.accounts import sessions
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
            answer = super().open(*args, buffered=buffered, **kwargs)
        self.look(answer)
        return answer

    def look(self, answer):
        """Hold every page to the rules of page_rules.py, letters apart."""
        if answer.mimetype != "text/html" or 300 <= answer.status_code < 400 or not answer.data:
            return
        # A file to take away has its style within; what it holds has tests of its own.
        if answer.headers.get("Content-Disposition", "").startswith("attachment"):
            return
        if self.view(answer.request.path) in page_rules.LETTERS:
            return
        assert page_rules.faults(answer.text) == [], f"on {answer.request.path}"

    def view(self, path):
        """The name of the view that shows the page at that address; None for no page of ours."""
        with suppress(HTTPException):
            return self.application.url_map.bind("localhost").match(path, "GET")[0]

    def submit(self, path, **fields):
        return self.post(path, data=self.tokens() | fields)

    def tokens(self):
        with self.session_transaction() as kept:
            if sessions.ID not in kept:
                return {"form_token": form_token()}
            # A context of its own: Flask-WTF keeps in it the token of the first session it made.
            with self.application.app_context(), self.application.test_request_context():
                session.update(kept)
                token = generate_csrf()
                kept["csrf_token"] = session["csrf_token"]
        return {"csrf_token": token}
