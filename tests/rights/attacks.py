"""What an attack on Léa's data does, and how its mails are read."""

import re
from datetime import UTC, datetime

import pytest

from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import answering
from mailer.rights.decision import Decision
from mailer.rights.grounds import Ground
from mailer.rights.models import RightsRequest
from mailer.rights.states import Outcome, Refused
from mailer.tokens import RIGHTS_COPY, RIGHTS_MAILBOX

LEA, MALLORY = "lea@exemple.fr", "mallory@ailleurs.fr"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CODE = re.compile(r"\b\d{4} \d{4}\b")
# A signed link, but to where a paper may be sent: that door takes, and shows nothing.
DOOR = re.compile(r"/(?:droits|adresses)/[\w.-]{20,}(?!\S*/piece)/\w+")
# What is held of Léa.
HELD = re.compile("La lettre")


def mails():
    return db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)).all()


def told(mail):
    """What the mail says of Léa, or opens of hers; Mallory's own requests have their own doors."""
    kind, _, number = mail.origin.partition(":")
    text = f"{mail.subject} {mail.text} {mail.html} {mail.headers}"
    is_leas = kind == "request" and found(int(number)).address == LEA
    wanted = (CODE, DOOR, HELD) if is_leas else ()
    return [LEA] * (LEA in text) + [each.group() for one in wanted for each in one.finditer(text)]


def found(case_id):
    return db.session.get(RightsRequest, case_id)


def confirm(visitor, case_id):
    """The one who reads Léa's mailbox presses the button."""
    visitor.submit(f"/droits/{RIGHTS_MAILBOX.sign(case_id)}/confirmation")


def grant(case_id, outcome=Outcome.GRANTED):
    with transaction():
        case = found(case_id)
        decision = Decision(dict.fromkeys(case.rights, outcome), "", "", {})
        answering.answer(case, decision, "account:1", AT)


def refused(case_id):
    with pytest.raises(Refused) as why:
        grant(case_id)
    return why.value.why


def copy_of(case_id):
    """The address of the copy that was sealed for the request."""
    return f"/droits/{RIGHTS_COPY.sign(found(case_id).handovers[0].id)}/copie"


def last_code():
    return [code for mail in mails() for code in CODE.findall(mail.text)][-1]


def refusal(case_id):
    rights = found(case_id).rights
    outcomes = dict.fromkeys(rights, Outcome.REFUSED)
    return Decision(
        outcomes, "", "Boîte jamais reconnue.", dict.fromkeys(rights, Ground.NOT_IDENTIFIED)
    )
