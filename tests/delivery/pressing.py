"""The desk as a sender uses it, and the worker beside it."""

import re

import time_machine

from mailer.clock import now
from mailer.delivery import jobs
from mailer.mail.outcome import Kind, Outcome, Stage

DOWN = Outcome(Kind.DEFERRED, "4.4.1", "no route", Stage.CONNECT, relay_down=True)


def press(desk, letter, run=1, **fields):
    return desk.submit(f"/bureau/lettres/{letter}/envoi", **{"run": run, "when": "now"} | fields)


def words(page):
    """The text of the page, its spaces made plain."""
    text = re.sub(r"<[^>]*>", " ", page.get_data(as_text=True))
    return " ".join(text.split())


def work_after(pause):
    with time_machine.travel(now() + pause, tick=True):
        jobs.start_due()
        jobs.send_batches()
