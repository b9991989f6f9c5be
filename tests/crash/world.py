"""A campaign, the server that takes its mails, and workers of its own processes to be killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench import sinks
from bench.campaign import rest
from browser import Browser
from flask import Flask
from sqlalchemy import select

from mailer import settings
from mailer.app import create_app
from mailer.cli.bench import prepare, relay_at
from mailer.cli.migrate import bring_up_to_date
from mailer.db import db, hint, transaction
from mailer.delivery import campaigns
from mailer.delivery.models import Campaign, Delivery
from mailer.resources import PACKAGE
from mailer.subscriptions.models import Subscriber

TESTS = Path(__file__).parents[1]
CONNECTIONS = 4
LONGEST_WAIT_SECONDS = 120
POLL_SECONDS = 0.002
ALONE = [sys.executable, "-m", "crash.worker"]
WHOLE = [sys.executable, "-m", "mailer", "worker"]


@dataclass
class World:
    """One campaign on one database; the log of its sink is the truth about what arrived."""

    app: Flask
    folder: Path
    values: dict[str, settings.Value]
    people: int
    campaign_id: int
    workers: list[subprocess.Popen] = field(default_factory=list)
    random: Random = field(default_factory=Random)

    @property
    def log(self) -> Path:
        return self.folder / "taken"

    def accepted(self) -> list[list[str]]:
        """Recipient, Message-ID and instant of each mail that the sink took."""
        return [line.split() for line in self.log.read_text().splitlines()]

    def count(self) -> int:
        """How many mails the sink took."""
        return self.log.read_bytes().count(b"\n") if self.log.exists() else 0

    def ledger(self) -> dict[str, str]:
        """The state of each person's mail."""
        db.session.rollback()
        found = select(Subscriber.address, Delivery.state).join(
            Delivery, Delivery.subscriber_id == Subscriber.id
        )
        found = found.where(Delivery.campaign_id == self.campaign_id)
        return {address: state.value for address, state in db.session.execute(found)}

    def has_ended(self) -> bool:
        """Whether the campaign has ended by itself."""
        db.session.rollback()
        ended = select(Campaign.ended_at).where(Campaign.id == self.campaign_id)
        return db.session.scalar(ended) is not None

    def work(self, command: list[str] = ALONE) -> subprocess.Popen:
        """Another worker, in a process of its own."""
        with (self.folder / "workers.log").open("ab") as said:
            process = subprocess.Popen(command, env=self.environment(), stdout=said, stderr=said)
        self.workers.append(process)
        return process

    def environment(self) -> dict[str, str]:
        """The settings of this world, as a process finds them."""
        mine = {k: v for k, v in os.environ.items() if not k.startswith(settings.PREFIX)}
        theirs = {f"{settings.PREFIX}{k}": _text(v) for k, v in self.values.items()}
        return mine | theirs | {"PYTHONPATH": f"{PACKAGE.parent}:{TESTS}"}

    def nudge(self) -> None:
        """Tell the queue that there is something to send, as the worker's clock does."""
        with transaction():
            hint(campaigns.START)
            hint(campaigns.SEND)

    def kill(self, process: subprocess.Popen, how: signal.Signals = signal.SIGKILL) -> float:
        """End a worker; the seconds that it took."""
        began = time.monotonic()
        process.send_signal(how)
        process.wait()
        self.workers.remove(process)
        return time.monotonic() - began

    def wait(self, reached: Callable[[], bool], seconds: float = LONGEST_WAIT_SECONDS) -> bool:
        """Wait until it is so; False when it takes too long."""
        ends = time.monotonic() + seconds
        while not reached():
            if time.monotonic() > ends:
                return False
            time.sleep(POLL_SECONDS)
        return True

    def wait_for_mails(self, goal: int) -> bool:
        """Wait until the sink took that many, or the campaign ended."""
        return self.wait(lambda: self.count() >= goal)

    def wait_for_end(self) -> bool:
        """Wait until the campaign ended, and end its workers."""
        ended = self.wait(self._looks_ended)
        for process in [*self.workers]:
            self.kill(process, signal.SIGTERM)
        return ended

    def _looks_ended(self) -> bool:
        time.sleep(20 * POLL_SECONDS)
        return self.has_ended()


def _text(value: settings.Value) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, bool) else json.dumps(value)


@contextmanager
def world(
    folder: Path,
    url: str,
    people: int,
    *options: str,
    delay_ms: float = 5,
    **chosen: settings.Value,
) -> Iterator[World]:
    """A campaign to that many, ready to start; its sink answers each mail after the delay.

    The options are more of the sink's, and `chosen` are settings.
    """
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "taken"
    with sinks.ours(folder, "-d", str(delay_ms), "-l", str(log), *options) as sink:
        place = {"DATA_FOLDER": str(folder / "data"), "DATABASE_URL": url, "QUEUE_URL": ""}
        values = place | relay_at(sink.port) | {"SMTP_CONNECTIONS": CONNECTIONS} | chosen
        app = create_app(values)
        app.test_client_class = Browser
        with app.app_context():
            bring_up_to_date()
            rest()
            made = World(app, folder, app_values(app, values), people, prepare(people))
            try:
                yield made
            finally:
                for process in [*made.workers]:
                    made.kill(process)
                db.session.remove()
                db.engine.dispose()


def app_values(app: Flask, values: dict[str, settings.Value]) -> dict[str, settings.Value]:
    """The settings with the secrets that were made, so that no process makes its own."""
    made = ("SECRET_KEYS", "FINGERPRINT_KEY", "LEDGER_KEY", "DATABASE_URL", "DATA_FOLDER")
    return values | {name: app.config[name] for name in made}
