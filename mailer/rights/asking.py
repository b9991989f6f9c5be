"""Asking who somebody is: for a doubt that is written down, with the clock standing still.

question | (reminder) | document, sealed | verified: document gone, clock runs | or: unidentified
"""

from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import links
from mailer.audit.operations import record
from mailer.clock import paris_day
from mailer.db import db
from mailer.errors import Invalid, NotFound
from mailer.rights import queries, vault
from mailer.rights.circumstances import facts, move
from mailer.rights.counting import recount
from mailer.rights.identity import ASKABLE, Level
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.operations import finish, subject, tell
from mailer.rights.proceedings import IdentityQuestion
from mailer.rights.states import Event
from mailer.tokens import RIGHTS_IDENTITY

# What a scan or a photograph begins with.
SIGNATURES = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
LARGEST_BYTES = 10_000_000


@dataclass(frozen=True)
class Question:
    """What is asked of the person, and why."""

    wanted: Level
    doubt: str


def ask(case: RightsRequest, question: Question, actor: str, at: datetime) -> None:
    """Write to the person and stop the clock; raises Refused without a doubt that is typed.

    Raises Invalid for anything but facts or a document: the mailbox is proven by its own link.
    """
    if question.wanted not in ASKABLE:
        raise Invalid("wanted")
    given = facts(case, at, question.doubt)
    move(case, Event.ASK_IDENTITY, replace(given, wanted=question.wanted))
    row = IdentityQuestion(
        wanted=question.wanted,
        doubt=question.doubt,
        asked_on=paris_day(at),
        asked_by=actor,
        file="",
    )
    case.questions.append(row)
    db.session.flush()
    tell(case, Kind.A2, _asked(case, row), at)
    record(actor, "ask-identity", subject(case))


def _asked(case: RightsRequest, row: IdentityQuestion) -> dict[str, str]:
    with force_locale(case.language):
        said = {"doubt": _("Pourquoi nous vous demandons cela : %(doubt)s", doubt=row.doubt)}
        if row.wanted == Level.DOCUMENT:
            link = links.rights_identity(RIGHTS_IDENTITY.sign(row.id))
            said["needed"] = _("Vous pouvez déposer une pièce ici : %(link)s.", link=link)
        else:
            said["needed"] = _(
                "Dites-nous le mois de votre inscription et le nom de nos lettres que vous recevez."
            )
        said["alternatives"] = _(
            "Tout autre moyen qui montre que la demande vient de vous convient aussi."
        )
        said["suspended"] = _(
            "Notre délai est suspendu jusqu’à votre réponse. Vous saurez alors la nouvelle date."
        )
        said["deletion"] = _("Ce que vous envoyez est effacé dès que c’est vérifié.")
    return {name: str(text) for name, text in said.items()}


def question_of(token: str) -> IdentityQuestion:
    """The question that the link answers; raises NotFound once it is answered."""
    row = db.session.get(IdentityQuestion, RIGHTS_IDENTITY.read_id(token))
    if row is None or row.answered_on is not None or row.wanted != Level.DOCUMENT:
        raise NotFound("question")
    return row


def take_document(token: str, content: bytes) -> None:
    """Seal what the person sends; a second one takes the place of the first.

    Raises Invalid for what is neither a PDF nor a picture, or too large.
    """
    row = question_of(token)
    if len(content) > LARGEST_BYTES or not content.startswith(SIGNATURES):
        raise Invalid("document")
    vault.forget(row.file)
    row.file = vault.put(content)
    record("subject", "send-document", f"request:{row.request_id}")


def document(case: RightsRequest, actor: str) -> bytes:
    """What the person sent, for the officer who verifies it; each look is recorded."""
    if case.question is None or not case.question.file:
        raise NotFound("document")
    record(actor, "read-document", subject(case))
    return vault.get(case.question.file)


def confirm(case: RightsRequest, actor: str, at: datetime) -> None:
    """The officer has verified: the document goes, and the clock runs again."""
    question = case.question
    if question is None:
        raise NotFound("question")
    given = replace(facts(case, at, actor=actor), proven=Level(question.wanted))
    move(case, Event.CONFIRM_IDENTITY, given)
    case.proven = max(case.proven, question.wanted)
    _answered(case, question, actor, at)
    record(actor, "confirm-identity", subject(case))


def _answered(case: RightsRequest, question: IdentityQuestion, actor: str, at: datetime) -> None:
    question.answered_on, question.verified_by = paris_day(at), actor
    vault.forget(question.file)
    question.file = ""
    recount(case, paris_day(at))


def fail(case: RightsRequest, actor: str, at: datetime) -> None:
    """End the case: nobody showed who they are, though asked and reminded, for a month."""
    move(case, Event.FAIL_IDENTITY, facts(case, at))
    with force_locale(case.language):
        said = {
            "facts": _("Nous vous avons demandé de montrer que cette demande vient de vous."),
            "grounds": _("Sans réponse de votre part, nous ne pouvons pas y donner suite."),
            "reopening": _("Répondez-nous quand vous voulez : nous la reprendrons."),
        }
    tell(case, Kind.A2B, {name: str(text) for name, text in said.items()}, at)
    finish(case, "", actor, at)
    record(actor, "fail-identity", subject(case))


def remind(question_id: int, at: datetime) -> None:
    """Ask once more, once."""
    row = db.session.get_one(IdentityQuestion, question_id)
    case = queries.by_id(row.request_id)
    if row.reminded_on is None and row.answered_on is None:
        row.reminded_on = paris_day(at)
        tell(case, Kind.A2, _asked(case, row), at)
