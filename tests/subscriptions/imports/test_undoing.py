from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from mailer import addresses
from mailer.clock import now
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent
from mailer.db import db, transaction
from mailer.errors import Conflict
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.imports import queries
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.states import State

FILE = "email\nzoe@exemple.fr\nremi@exemple.fr\n"


def test_an_import_is_taken_back_and_its_proofs_stay(desk, people):
    import_id = desk.imports(FILE)

    desk.undoes(import_id)

    assert people() == {}
    assert queries.find(import_id).stage == Stage.UNDONE
    imported = select(func.count()).where(ConsentEvent.kind == Kind.IMPORTED)
    assert db.session.scalar(imported) == 2


def test_who_has_acted_since_stays(app, desk, people):
    import_id = desk.imports(FILE)
    zoe = addresses.parse("zoe@exemple.fr")
    with transaction():
        key = app.config["FINGERPRINT_KEY"]
        subscriptions.end_all(addresses.fingerprint(zoe, key), "case:1", now())

    desk.undoes(import_id)

    assert people() == {"zoe@exemple.fr": State.ENDED}


def test_who_was_there_before_stays(desk, people):
    desk.imports("email\nzoe@exemple.fr\n")

    desk.undoes(desk.imports(FILE))

    assert people() == {"zoe@exemple.fr": State.ACTIVE}


def test_after_a_day_it_is_too_late(desk):
    import_id = desk.imports(FILE)

    with time_machine.travel(now() + timedelta(hours=24, minutes=1)), pytest.raises(Conflict):
        desk.undoes(import_id)


def test_what_was_taken_back_can_be_imported_again(desk, people):
    desk.undoes(desk.imports(FILE))

    assert queries.find(desk.imports(FILE)).taken == {"new": 2}
