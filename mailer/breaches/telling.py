"""Telling the persons (GDPR art. 34): the letter in each language, a row a person, the outbox.

free parts | rights/composing, checked | kept as it leaves | a row per person | outbox, in batches
"""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import force_locale
from sqlalchemy import case, select, update

from mailer.audit.operations import record
from mailer.breaches import people
from mailer.breaches.duties import Refusal, Refused
from mailer.breaches.kinds import Told
from mailer.breaches.models import Breach, BreachLetter, TouchedPerson
from mailer.breaches.operations import require_open, subject
from mailer.breaches.scope import Scope, read
from mailer.clock import paris_day
from mailer.db import db, hint
from mailer.errors import Invalid
from mailer.mail import outbox
from mailer.mail.models import OutboxMessage, State
from mailer.rights import letter_facts, letter_mail, parts
from mailer.rights.composing import Composed, compose, draw
from mailer.rights.letters import Facts, Kind, free_parts, missing
from mailer.rights.parts import Written
from mailer.web.language import LANGUAGES

JOB = "tell-persons"

# Letters of one transaction: each is drawn, so that nobody waits long for the writer's turn.
BATCH = 50
# What became of a mail, as its row says it.
ENDS = {State.SENT: Told.SENT, State.FAILED: Told.FAILED}


def choose(breach: Breach, scope: Scope, actor: str) -> None:
    """Say whom the incident touched."""
    require_open(breach)
    breach.scope = scope.stored
    record(actor, "choose-scope", subject(breach))


def write(breach: Breach, language: str, words: Mapping[str, str], actor: str) -> None:
    """Keep the free parts in that language; raises Refused once letters have left in it."""
    require_open(breach)
    letter = of(breach, language)
    if letter.left_at:
        raise Refused(Refusal.LETTER_LEFT)
    for name in free_parts(Kind.A11):
        setattr(letter, name, words[name])
    record(actor, "write-letter", subject(breach))


def of(breach: Breach, language: str) -> BreachLetter:
    """The letter of the incident in that language, begun when there is none."""
    found = next((each for each in breach.letters if each.language == language), None)
    if found is None:
        found = BreachLetter(language=language, **dict.fromkeys(free_parts(Kind.A11), ""))
        found.source = ""
        breach.letters.append(found)
    return found


def lacking(breach: Breach, at: datetime) -> dict[str, tuple[str, ...]]:
    """The mandatory mentions that each language's letter does not say yet."""
    return {name: missing(Kind.A11, _facts(breach, name, at)) for name in LANGUAGES}


def preview(breach: Breach, language: str, at: datetime) -> Written:
    """The letter as it would be read now, or as it left."""
    written = next((each for each in breach.letters if each.language == language), None)
    if written and written.left_at:
        return parts.read(written.source)
    return parts.read(draw(Kind.A11, language, _facts(breach, language, at)))


def _facts(breach: Breach, language: str, at: datetime) -> Facts:
    written = next((each for each in breach.letters if each.language == language), None)
    with force_locale(language):
        house = letter_facts.house(language, paris_day(at))
    typed = {name: getattr(written, name) if written else "" for name in free_parts(Kind.A11)}
    return house | {"reference": breach.reference} | typed


def begin(breach: Breach, actor: str, at: datetime) -> int:
    """Have every person of the scope told; says how many were not noted before.

    Raises Refused without a scope or anybody in it, Lacking for a letter that misses a mandatory
    mention in a language that one of them reads.
    """
    require_open(breach)
    if breach.scope is None:
        raise Refused(Refusal.NO_SCOPE)
    scope = read(breach.scope)
    spoken = people.languages(scope)
    if not spoken:
        raise Refused(Refusal.NOBODY)
    for language in sorted(spoken):
        _seal(breach, language, at)
    db.session.flush()
    added = people.keep(breach, scope, at)
    record(actor, "tell", subject(breach))
    hint(JOB)
    return added


def _seal(breach: Breach, language: str, at: datetime) -> None:
    letter = of(breach, language)
    if letter.left_at is None:
        composed = compose(Kind.A11, language, _facts(breach, language, at))
        letter.source, letter.version, letter.left_at = composed.source, composed.version, at


def tell_some(at: datetime) -> int:
    """Put the letters of some persons who wait into the outbox; says how many were looked at."""
    waiting = select(TouchedPerson).where(TouchedPerson.state == Told.WAITING)
    some = waiting.order_by(TouchedPerson.id).limit(BATCH).with_for_update(skip_locked=True)
    found = db.session.scalars(some).all()
    for person in found:
        _tell(person, at)
    return len(found)


def _tell(person: TouchedPerson, at: datetime) -> None:
    person.at = at
    # Whoever was erased meanwhile has no address any more.
    person.state = Told.UNREACHABLE
    if person.address:
        letter = db.session.get_one(BreachLetter, (person.breach_id, person.language))
        composed = Composed(Kind.A11, letter.language, letter.source, letter.version)
        message = letter_mail.message(composed, person.address)
        try:
            outbox.put(message, origin=f"breach_person:{person.id}")
        except Invalid:
            person.state = Told.FAILED
        else:
            person.state, person.message_id = Told.QUEUED, message.message_id
    person.address = ""


def note_deliveries() -> int:
    """Write on each row what became of its mail, before the outbox forgets it; says how many."""
    ended = update(TouchedPerson).where(
        TouchedPerson.state == Told.QUEUED,
        TouchedPerson.message_id == OutboxMessage.message_id,
        OutboxMessage.state.in_(ENDS),
    )
    noted = ended.values(
        state=case(ENDS, value=OutboxMessage.state),
        at=OutboxMessage.ended_at,
        status=case((OutboxMessage.status.is_(None), ""), else_=OutboxMessage.status),
    )
    return db.session.connection().execute(noted).rowcount
