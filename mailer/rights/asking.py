"""Asking who somebody is: for a doubt that is written down, with the clock standing still.

question | (reminder) | document, sealed | verified: document gone, clock runs | or: unidentified
"""

from dataclasses import dataclass, replace
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import links, rulebook
from mailer.audit.operations import record
from mailer.clock import paris_day
from mailer.db import db
from mailer.errors import Invalid, NotFound
from mailer.rights import letter_facts, queries, vault, words, writing
from mailer.rights.circumstances import facts, move
from mailer.rights.counting import recount
from mailer.rights.identity import ASKABLE, Level
from mailer.rights.labels import ASKED_PROOF
from mailer.rights.letters import Fact, Kind
from mailer.rights.models import RightsRequest
from mailer.rights.operations import add_tasks, finish, subject
from mailer.rights.papers import is_paper
from mailer.rights.proceedings import IdentityQuestion, Note
from mailer.rights.states import Event
from mailer.tokens import RIGHTS_IDENTITY


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
    writing.write(case, Kind.A2, _asked(case, row), at)
    record(actor, "ask-identity", subject(case))


def _asked(case: RightsRequest, row: IdentityQuestion) -> dict[str, Fact]:
    """What the letter says: the doubt as it was typed, what would end it, where to leave it."""
    with force_locale(case.language):
        asked = str(ASKED_PROOF[Level(row.wanted)])
    is_paper = row.wanted == Level.DOCUMENT
    upload = links.rights_identity(RIGHTS_IDENTITY.sign(row.id)) if is_paper else ""
    return {"doubt": row.doubt, "needed": asked, "upload": upload}


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
    db.session.refresh(row, with_for_update=True)
    if not is_paper(content, current_app.config["PAPER_MAX_MEGABYTES"]):
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


def confirm(case: RightsRequest, seen: str, actor: str, at: datetime) -> None:
    """The officer has verified, and says what was seen: the document goes, the clock runs again."""
    question = case.question
    if question is None:
        raise NotFound("question")
    given = replace(facts(case, at, actor=actor), proven=Level(question.wanted))
    move(case, Event.CONFIRM_IDENTITY, given)
    case.proven = max(case.proven, question.wanted)
    # Who asked before taking the case in hand comes by here to the same work.
    add_tasks(case)
    _answered(case, question, actor, at)
    case.notes.append(Note(at=at, by=actor, words=seen))
    writing.write(case, Kind.A1, _resumed(case), at)
    record(actor, "confirm-identity", subject(case))


def _resumed(case: RightsRequest) -> dict[str, Fact]:
    """That the clock runs again; the letter says until when, as the question promised."""
    with force_locale(case.language):
        done = _("Nous savons maintenant qui fait cette demande, et le délai de réponse reprend.")
    return letter_facts.elsewhere() | {"done": str(done)}


def _answered(case: RightsRequest, question: IdentityQuestion, actor: str, at: datetime) -> None:
    question.answered_on, question.verified_by = paris_day(at), actor
    vault.forget(question.file)
    question.file = ""
    recount(case, paris_day(at))


def fail(case: RightsRequest, actor: str, at: datetime) -> None:
    """End the case: nobody showed who they are, though asked and reminded, for a month."""
    move(case, Event.FAIL_IDENTITY, facts(case, at))
    rules = rulebook.load()
    with force_locale(case.language):
        said: dict[str, Fact] = {
            "facts": _(
                "Nous vous avons demandé le %(day)s de montrer que cette demande vient de vous,"
                " puis relancé. Aucune réponse ne nous est parvenue.",
                day=words.day(case.question.asked_on if case.question else paris_day(at)),
            ),
            "grounds": rules.cite("unidentified", case.language),
        }
    writing.write(case, Kind.A2B, said, at)
    finish(case, "", actor, at)
    record(actor, "fail-identity", subject(case))


def remind(question_id: int, at: datetime) -> None:
    """Ask once more, once."""
    row = db.session.get_one(IdentityQuestion, question_id)
    case = queries.by_id(row.request_id)
    if row.reminded_on is None and row.answered_on is None:
        row.reminded_on = paris_day(at)
        writing.write(case, Kind.A2, _asked(case, row), at)
