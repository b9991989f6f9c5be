"""The desk as a sender uses it, and the worker beside it."""

import re

import time_machine
from flask import current_app

from mailer.clock import now
from mailer.db import db
from mailer.delivery import jobs
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.newsletters import approving
from mailer.newsletters import queries as newsletters

DOWN = Outcome(Kind.DEFERRED, "4.4.1", "no route", Stage.CONNECT, relay_down=True)


def press(desk, letter, run=1, **fields):
    """Send the letter as its page shows it."""
    shown = {"run": run, "when": "now", "content": content(letter)}
    return desk.submit(f"/bureau/lettres/{letter}/envoi", **shown | fields)


def content(letter):
    """The hash of what the page shows, which its form carries."""
    with current_app.app_context():
        found = approving.verified(newsletters.issue(letter)).content_hash
        db.session.rollback()
        return found


def words(page):
    """The text of the page, its spaces made plain."""
    text = re.sub(r"<[^>]*>", " ", page.get_data(as_text=True))
    return " ".join(text.split())


def work_after(pause):
    with time_machine.travel(now() + pause, tick=True):
        jobs.start_due()
        jobs.send_batches()
