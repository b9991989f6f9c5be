"""Exports of other programs, made after their formats, and the command that takes them."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from mailer.cli import commands
from mailer.clock import now
from mailer.consent.models import Notice, NoticeKind
from mailer.consent.notices import in_force
from mailer.consent.operations import keep_notice
from mailer.db import db, transaction
from mailer.subscriptions.models import MailingList, Subscriber, Subscription

CORPUS = Path(__file__).parents[1] / "corpus" / "move_in"


@pytest.fixture
def notice(app):
    """The digest of the notice that the people were shown over there."""
    with transaction():
        keep_notice(in_force(NoticeKind.FULL, "fr"), now())
    return db.session.scalars(select(Notice.sha256)).first()


@pytest.fixture
def vouched(notice):
    """The words by which somebody answers for what the people were told."""
    return ("--source", "Formulaire du site", "--notice", notice)


@pytest.fixture
def move_in(app):
    """`move_in("brevo", "brevo-contacts.csv", …)`: what the command says, and its report."""
    settings = {
        "MAILER_DATABASE_URL": app.config["DATABASE_URL"],
        "MAILER_DATA_FOLDER": app.config["DATA_FOLDER"],
        "MAILER_FINGERPRINT_KEY": app.config["FINGERPRINT_KEY"],
    }

    def run(program, *words):
        paths = [str(CORPUS / word) if (CORPUS / word).is_file() else str(word) for word in words]
        whole = ["move-in", program, *paths, "--by", "Camille Morin"]
        found = CliRunner().invoke(commands, whole, env=settings)
        db.session.rollback()
        return found

    return run


@pytest.fixture
def report(move_in):
    """The same, as the report for programs."""

    def run(*words):
        found = move_in(*words, "--json")
        assert found.exit_code == 0, found.output
        return json.loads(found.stdout)

    return run


@pytest.fixture
def mailchimp(tmp_path, request):
    """The archive of an account of Mailchimp; a parameter gives some of its files other bytes."""
    path = tmp_path / "mailchimp.zip"
    folder = CORPUS / "mailchimp"
    others = getattr(request, "param", {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*.*")):
            name = str(file.relative_to(folder))
            archive.writestr(f"000001/{name}", others.get(name, file.read_bytes()))
    return str(path)


@pytest.fixture
def people(app):
    """Each address with the lists of its person and how they stand."""

    def found():
        db.session.rollback()
        rows = db.session.execute(
            select(Subscriber.address, MailingList.name, Subscription.state)
            .join(Subscription, Subscription.subscriber_id == Subscriber.id)
            .join(MailingList, MailingList.id == Subscription.list_id)
            .order_by(Subscriber.address, MailingList.id)
        )
        return [tuple(row) for row in rows]

    return found
