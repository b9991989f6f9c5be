"""Every job of the program, once: what it is called, what it does, how often it looks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from mailer.mail import jobs as mail


@dataclass(frozen=True)
class Job:
    """A hint makes it run at once; `every` finds what a lost hint was about. It is idempotent."""

    name: str
    function: Callable[[], None]
    every: timedelta


JOBS: tuple[Job, ...] = (Job("send-outbox", mail.send_outbox, timedelta(seconds=30)),)
