"""Requests in each state that the desk shows, made as the program makes them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from mailer import addresses
from mailer.clock import now, paris_day
from mailer.consent.evidence import Evidence, Method
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.rights import (
    answering,
    asking,
    correcting,
    extending,
    holding,
    lifting,
    merging,
    operations,
)
from mailer.rights.asking import Question
from mailer.rights.carriage import Via
from mailer.rights.decision import Decision
from mailer.rights.extending import Reasons
from mailer.rights.grounds import ExtensionGround, Ground
from mailer.rights.identity import Level
from mailer.rights.kinds import Right
from mailer.rights.models import Channel, RightsRequest
from mailer.rights.operations import Intake
from mailer.rights.proceedings import Note
from mailer.rights.requesters import Requester
from mailer.rights.states import Event, Outcome
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Confirmation, MailingList
from mailer.tokens import CONFIRM

READER = "jean-christophe.vandewalle-delacroix@exemple.fr"
WRITTEN = "Madame, Monsieur,\n\nveuillez donner suite à ma demande du mois dernier."
ACTOR = "account:1"
LONG_AGO = timedelta(days=400)


def subscribe(at: datetime) -> None:
    """Somebody with a long address who receives a letter."""
    evidence = Evidence(Method.WEB_FORM, at)
    wanted = MailingList(slug="lettre", name="La lettre", description="…", frequency="…")
    db.session.add(wanted)
    db.session.flush()
    subscriptions.request(addresses.parse(READER), [wanted.id], evidence, "fr", at)
    link = db.session.scalars(db.select(Confirmation)).one()
    subscriptions.confirm(CONFIRM.sign(link.id), evidence, at)


def receive(at: datetime, *rights: Right, **more: object) -> RightsRequest:
    address = addresses.parse(READER)
    given = {"channel": Channel.EMAIL, "language": "fr", "calendar": "metropole"} | more
    intake = Intake(
        address, fingerprint_of(address), rights, WRITTEN, received_on=paris_day(at), **given
    )
    case = operations.receive(intake, ACTOR, at)
    case.mailbox_confirmed_at = at
    return case


def received(at: datetime) -> RightsRequest:
    """Of three rights, by a parent, to be answered on paper, with a task and a note."""
    case = receive(
        at,
        *(Right.ACCESS, Right.ERASURE, Right.OBJECTION),
        requester=Requester.PARENT,
        representative="Marie-Antoinette Vandewalle-Delacroix",
        channel=Channel.COUNTER,
        heard_by="Accueil de la mairie",
        postal_address="3 impasse des Goélands\n50000 Port-l’Estran",
        answer_via=Via.POST,
    )
    case.notes.append(Note(at=at, by=ACTOR, words="Rappeler jeudi, après dix heures."))
    return case


def questioned(at: datetime) -> RightsRequest:
    case = receive(at, Right.ACCESS)
    doubt = "La lettre est signée d’un autre nom que celui du dossier."
    asking.ask(case, Question(Level.DOCUMENT, doubt), ACTOR, at)
    return case


def extended(at: datetime) -> RightsRequest:
    case = receive(at, Right.PORTABILITY)
    facts = "Trois registres d’avant 2018 sont à relire à la main."
    extending.extend(case, Reasons(ExtensionGround.COMPLEXITY, facts), ACTOR, at)
    return case


def late(at: datetime) -> RightsRequest:
    return receive(at - timedelta(days=60), Right.ACCESS)


def rectified(at: datetime) -> RightsRequest:
    """One correction made, one that waits for two mailboxes."""
    case = receive(at, Right.RECTIFICATION)
    correcting.note(case, "Mme Delacrois", "Mme Vandewalle-Delacroix", ACTOR, at)
    moved_to = addresses.parse("jc.vandewalle-delacroix@nouvelle-boite.exemple.fr")
    correcting.move_mailbox(case, moved_to, ACTOR, at)
    return case


def ready(at: datetime) -> RightsRequest:
    """A copy is given, the erasure refused; only the signature is missing."""
    case = receive(at, Right.ACCESS, Right.ERASURE)
    outcomes = {Right.ACCESS: Outcome.GRANTED, Right.ERASURE: Outcome.REFUSED}
    grounds = {Right.ERASURE: Ground.LEGAL_CLAIMS}
    why = "La preuve de votre accord est produite devant le juge."
    answering.prepare(case, Decision(outcomes, "", why, grounds), ACTOR, at)
    return case


def restricted(at: datetime) -> RightsRequest:
    case = receive(at, Right.RESTRICTION)
    decision = Decision({Right.RESTRICTION: Outcome.GRANTED}, "", "")
    answering.answer(case, decision, ACTOR, at)
    return case


def lifting_soon(at: datetime) -> RightsRequest:
    case = restricted(at)
    lifting.announce(case, "L’exactitude des données est vérifiée.", ACTOR, at)
    return case


def lifting_now(at: datetime) -> RightsRequest:
    case = restricted(at - timedelta(days=30))
    reason = "L’exactitude des données est vérifiée."
    lifting.announce(case, reason, ACTOR, at - timedelta(days=20))
    return case


def answered(at: datetime) -> RightsRequest:
    """Closed, and held by a complaint."""
    case = receive(at, Right.OBJECTION)
    answering.answer(case, Decision({Right.OBJECTION: Outcome.GRANTED}, "", ""), ACTOR, at)
    holding.complain(case, "2026-114-RGPD", ACTOR, at)
    return case


def withdrawn(at: datetime) -> RightsRequest:
    case = receive(at, Right.ACCESS)
    operations.close(case, Event.WITHDRAW, "Elle a téléphoné : plus rien à demander.", ACTOR, at)
    return case


def merged(at: datetime) -> RightsRequest:
    case, other = receive(at, Right.ACCESS), receive(at, Right.ACCESS)
    merging.merge(other, case, "La même lettre, par courriel.", ACTOR, at)
    return other


def archived(at: datetime) -> RightsRequest:
    case = receive(at - LONG_AGO, Right.ACCESS)
    operations.close(case, Event.WITHDRAW, "Elle a renoncé.", ACTOR, at - LONG_AGO)
    holding.archive(at)
    return case


STATES: Mapping[str, Callable[[datetime], RightsRequest]] = {
    make.__name__: make
    for make in (
        *(received, questioned, extended, late, rectified, ready, restricted),
        *(lifting_soon, lifting_now, answered, withdrawn, merged, archived),
    )
}


def addresses_of_all() -> dict[str, str]:
    """A request in each state, and where the desk shows it."""
    at = now()
    with transaction():
        subscribe(at - LONG_AGO)
    found = {}
    for name, make in STATES.items():
        with transaction():
            found[name] = f"/bureau/demandes/{make(at).reference}"
    return found
