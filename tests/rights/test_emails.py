from datetime import UTC, datetime

import time_machine

from mailer.db import db
from mailer.mail.models import OutboxMessage
from mailer.rights.kinds import Right

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def test_the_acknowledgement_gives_the_computed_day_and_no_number_of_days(received):
    with time_machine.travel(AT, tick=False):
        received(Right.ACCESS)
    mail = db.session.scalars(db.select(OutboxMessage)).one()
    assert "au plus tard le mardi 22 décembre 2026" in mail.text
    assert "au plus tard le mardi 22 décembre 2026" in mail.html
    assert "mois" not in mail.text
