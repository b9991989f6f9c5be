from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage, State
from mailer.rights import jobs
from mailer.rights.carriage import Delivery
from mailer.rights.models import Letter


def test_the_letter_says_that_its_mail_was_sent(ask):
    ask("access")
    with transaction():
        db.session.execute(
            db.update(OutboxMessage).values(state=State.SENT, next_at=None, recipient=None)
        )
    jobs.note_deliveries()
    assert db.session.scalars(db.select(Letter.delivery)).all() == [Delivery.SENT]
