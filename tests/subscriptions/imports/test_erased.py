"""Whoever objected and was erased stays away, however a file writes the address."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from mailer import addresses
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import erasure
from mailer.subscriptions.imports import jobs, storage
from mailer.subscriptions.states import State

ADDRESS = "zoe.marqueur@été-du-port.fr"
VARIANTS = (
    ADDRESS,
    ADDRESS.upper(),
    "Zoe.Marqueur@xn--t-du-port-93ab.fr",
    "zoe.marqueur@e\u0301te\u0301-du-port.fr",
    f'"  {ADDRESS} "',
)


def test_no_variant_of_an_erased_address_comes_back(app, desk, people):
    fingerprint = addresses.fingerprint(addresses.parse(ADDRESS), app.config["FINGERPRINT_KEY"])
    desk.imports(f"E-mail\n{ADDRESS}\n")
    with transaction():
        consent.suppress(fingerprint, Reason.OBJECTION, now(), "request:1")
        erasure.erase(fingerprint, now())

    desk.imports("E-mail\n" + "\n".join(VARIANTS) + "\n")

    assert State.ACTIVE not in people().values()
    assert db.session.scalars(select(OutboxMessage.recipient)).all() == []


def lie_in_a_file():
    return [path.name for path in storage.folder().iterdir() if ADDRESS in path.read_text()]


def test_a_file_that_waits_outlives_an_erasure_by_its_day_at_most(app, desk):
    desk.receives(f"E-mail\n{ADDRESS}\n")
    erase(app)
    assert lie_in_a_file()

    with time_machine.travel(now() + jobs.FILES_LIE + timedelta(minutes=1)):
        jobs.sweep()

    assert list(storage.folder().iterdir()) == []


def test_whoever_is_erased_while_a_file_waits_is_not_taken_from_it(app, desk, people):
    desk.imports(f"E-mail\n{ADDRESS}\n")
    import_id = desk.reads(f"E-mail\n{ADDRESS}\nautre@exemple.fr\n")
    erase(app)

    desk.approves(import_id)

    assert people() == {"autre@exemple.fr": State.ACTIVE}
    assert lie_in_a_file() == []


def test_what_a_crash_left_of_files_goes_too(app):
    (storage.folder() / "0.left").write_text(ADDRESS)
    (storage.folder() / "77.table").write_text(ADDRESS)

    with time_machine.travel(now() + jobs.FILES_LIE + timedelta(minutes=1)):
        jobs.sweep()

    assert list(storage.folder().iterdir()) == []


def erase(app):
    with transaction():
        parsed = addresses.parse(ADDRESS)
        erasure.erase(addresses.fingerprint(parsed, app.config["FINGERPRINT_KEY"]), now())
