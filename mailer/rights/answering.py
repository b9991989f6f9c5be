"""Answering a request: decided, signed, done and told, all or nothing.

decision | guards | processors told | facts read | copies sealed | effects | letters | closed
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import links
from mailer.audit.operations import record
from mailer.errors import Invalid
from mailer.rights import (
    answer_facts,
    copies,
    execution,
    handover,
    letter_facts,
    operations,
    plan,
    recipients,
    writing,
)
from mailer.rights.addressing import Destination, destination, has_two_readers, on_file
from mailer.rights.carriage import Via
from mailer.rights.circumstances import facts, move, of_decision
from mailer.rights.composing import draw
from mailer.rights.decision import Decision
from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.letters import Fact, Kind, missing
from mailer.rights.models import RightsRequest
from mailer.rights.operations import subject
from mailer.rights.parts import Written, read
from mailer.rights.proceedings import Note
from mailer.rights.sections import Section
from mailer.rights.states import REFUSALS, Event, Outcome, State, possible_outcomes

# The rows that a request itself leaves; who has no others is unknown to us.
OWN_TRACES = frozenset({"asked_mail", "audit_entry", "erasure", "outbox_message", "subject_key"})
FROZEN = frozenset({"restricted", "unrestricted"})


@dataclass(frozen=True)
class Foreseen:
    """A letter as it would leave and where to, and the mandatory mentions that it lacks."""

    kind: Kind
    to: Destination
    written: Written
    lacking: tuple[str, ...]


def decide(case: RightsRequest, decision: Decision, actor: str, at: datetime) -> None:
    """Give each right its outcome and draft the answer.

    Raises Invalid for an outcome that no law opens to the right, Refused for a refusal without
    its ground and reason, for something given to who is not identified, for a task left open.
    """
    check(decision.outcomes, case)
    for line in case.lines:
        line.outcome = decision.outcomes[line.right]
        is_refused = line.outcome in REFUSALS
        line.ground = decision.grounds_in_law.get(line.right) if is_refused else None
        line.reason = decision.grounds if is_refused else ""
    move(case, Event.DECIDE, of_decision(case, at))
    case.draft, case.decided_by = decision.answer, actor
    record(actor, "decide", subject(case))


def check(outcomes: Mapping[Right, Outcome], case: RightsRequest) -> None:
    """Every right has an outcome that is open to it; raises Invalid, naming the right."""
    for right in case.rights:
        if outcomes.get(right) not in possible_outcomes(right, is_proven=True):
            raise Invalid(f"outcome of {right}")


def give_back(case: RightsRequest, reason: str, actor: str, at: datetime) -> None:
    """Have a decided case looked at again, for a written reason."""
    move(case, Event.RETURN, facts(case, at, reason))
    for line in case.lines:
        line.outcome, line.ground, line.reason = None, None, ""
    case.notes.append(Note(at=at, by=actor, words=reason))
    record(actor, "return", subject(case))


def decided(case: RightsRequest) -> Decision:
    """What the lines of the case say."""
    return Decision(
        outcomes={line.right: line.outcome for line in case.lines if line.outcome},
        answer=case.draft,
        grounds="\n\n".join(dict.fromkeys(line.reason for line in case.lines if line.reason)),
        grounds_in_law={line.right: line.ground for line in case.lines if line.ground},
    )


def sign(case: RightsRequest, actor: str, at: datetime) -> None:
    """Do what was decided, send the letters that say so, and close the case, all or nothing.

    Raises Lacking for a letter without one of its mandatory mentions.
    """
    move(case, Event.ANSWER, facts(case, at, actor=actor))
    decision = decided(case)
    sections = copies.of(case.fingerprint)
    if is_known(sections):
        # Of somebody unknown here they would learn the address from us.
        recipients.tell(case, decision.given, actor, at)
    said = answer_facts.of(case, decision, sections, at)
    said |= _handed_over(case, decision, sections, at)
    execution.execute(case, decision.given, at)
    for kind, own in _letters(decision, is_known=is_known(sections)):
        _tell_other(case, kind, said | own, at)
        writing.write(case, kind, said | own, at)
        if kind == Kind.A5:
            _tell_new_mailboxes(case, said | own, at)
    operations.end(case, at)
    record(actor, "answer", subject(case))


def _tell_new_mailboxes(case: RightsRequest, said: dict[str, Fact], at: datetime) -> None:
    """The mailbox that letters moved to reads the answer too; both have agreed."""
    for each in case.corrections:
        if each.change_id and each.done_at:
            writing.write(case, Kind.A5, said, at, Destination(Via.EMAIL, each.after))


def _tell_other(case: RightsRequest, kind: Kind, said: dict[str, Fact], at: datetime) -> None:
    """Of the person and who proved that they act for them, tell whom the letter does not reach.

    The person has a copy, and the other the word that the answer went to the mailbox on file.
    The dead are not written to.
    """
    if not has_two_readers(case):
        return
    if destination(case, kind) != on_file(case):
        writing.write(case, kind, said, at, on_file(case))
    elif all(letter.kind != Kind.CLOSURE for letter in case.letters):
        with force_locale(case.language):
            ending = str(
                _(
                    "La réponse est partie à la boîte de la personne pour qui vous agissez. Ce qui"
                    " touche à ses données n’est remis que là."
                )
            )
        writing.write(case, Kind.CLOSURE, {"ending": ending}, at)


def _handed_over(
    case: RightsRequest, decision: Decision, sections: Sequence[Section], at: datetime
) -> dict[str, Fact]:
    """Seal the copies, and give what the letters say of the link to them."""
    files = execution.files(case, decision.given, sections, at) if is_known(sections) else {}
    return handover.announced(handover.make(case, files, at)) if files else {}


def _letters(decision: Decision, *, is_known: bool) -> Iterator[tuple[Kind, dict[str, Fact]]]:
    """The letters; the first that is no answer by itself carries what the officer adds."""
    planned = plan.letters(decision.outcomes, is_known=is_known)
    carrier = next((kind for kind in planned if kind != Kind.ANSWER), None)
    for kind in planned:
        is_carrier = kind == carrier and Kind.ANSWER not in planned
        yield kind, {"remark": decision.answer} if is_carrier else {}


def is_known(sections: Sequence[Section]) -> bool:
    """Whether anything is held of the person besides what their requests left."""
    return any(_tells(section) for section in sections)


def _tells(section: Section) -> bool:
    if section.table == "consent_event":
        return any(row["kind"] not in FROZEN for row in section.rows)
    of_requests = section.table.startswith(("rights_", "consent_state", "suppression"))
    return section.table not in OWN_TRACES and not of_requests


def foresee(case: RightsRequest, decision: Decision, at: datetime) -> list[Foreseen]:
    """The letters as they would leave; nothing is changed."""
    sections = copies.of(case.fingerprint)
    said = letter_facts.of(case, at) | answer_facts.of(case, decision, sections, at)
    # The link is made when the letters are signed; until then it leads to the page of rights.
    said |= {"download": links.rights(), "expires_on": answer_facts.expires_on(at)}
    letters = _letters(decision, is_known=is_known(sections))
    grounds = _grounds(decision)
    return [
        _foreseen(case, kind, said | own, destination(case, kind, grounds)) for kind, own in letters
    ]


def _foreseen(case: RightsRequest, kind: Kind, said: dict[str, Fact], to: Destination) -> Foreseen:
    said = said | letter_facts.by_reader(case, to)
    return Foreseen(kind, to, read(draw(kind, case.language, said)), missing(kind, said))


def _grounds(decision: Decision) -> set[Ground]:
    """Those that the lines of the case will bear once this is decided."""
    return {
        ground
        for right, ground in decision.grounds_in_law.items()
        if ground and decision.outcomes.get(right) in REFUSALS
    }


def answer(case: RightsRequest, decision: Decision, actor: str, at: datetime) -> None:
    """Decide and sign in one act, as one officer alone does."""
    prepare(case, decision, actor, at)
    sign(case, actor, at)


def prepare(case: RightsRequest, decision: Decision, actor: str, at: datetime) -> None:
    """Decide, taking the case in hand when nobody had it."""
    if case.state == State.RECEIVED:
        operations.assign(case, actor, at)
    decide(case, decision, actor, at)
