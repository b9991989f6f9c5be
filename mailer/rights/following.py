"""Where a request stands, as the person who made it reads it: the state, the date, each step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from mailer.clock import paris_day
from mailer.rights import words
from mailer.rights.identity import Level
from mailer.rights.kinds import NEEDS_MAILBOX
from mailer.rights.labels import EXTENSIONS, LETTERS
from mailer.rights.models import Letter, RightsRequest
from mailer.rights.proceedings import IdentityQuestion
from mailer.rights.states import OPEN, State

# The state, then what it means for who waits.
PROGRESS: Mapping[State, tuple[LazyString, LazyString]] = {
    State.RECEIVED: (
        lazy_gettext("Reçue"),
        lazy_gettext("Le délégué à la protection des données va la prendre en charge."),
    ),
    State.IDENTITY_PENDING: (
        lazy_gettext("En attente de votre réponse"),
        lazy_gettext("Nous avons besoin de savoir que cette demande vient bien de vous."),
    ),
    State.IN_PROGRESS: (
        lazy_gettext("En cours"),
        lazy_gettext("Nous rassemblons ce qu’il faut pour vous répondre."),
    ),
    State.READY: (
        lazy_gettext("Presque prête"),
        lazy_gettext("Notre réponse est écrite. Il reste à la signer et à vous l’envoyer."),
    ),
    State.ANSWERED: (
        lazy_gettext("Réponse envoyée"),
        lazy_gettext("Notre réponse est plus bas, avec tout ce que nous vous avons écrit."),
    ),
    State.WITHDRAWN: (
        lazy_gettext("Retirée"),
        lazy_gettext("Vous y avez renoncé. Vous pouvez en faire une autre quand vous voulez."),
    ),
    State.UNIDENTIFIED: (
        lazy_gettext("Close, faute de savoir qui demande"),
        lazy_gettext("Répondez-nous quand vous voulez : nous la reprendrons."),
    ),
    State.DUPLICATE: (
        lazy_gettext("Réunie à une autre de vos demandes"),
        lazy_gettext("Nous répondons aux deux ensemble."),
    ),
    State.NOT_A_REQUEST: (
        lazy_gettext("Close sans suite"),
        lazy_gettext("Nous n’y avons pas reconnu une demande sur des données personnelles."),
    ),
    State.TRANSFERRED: (
        lazy_gettext("Transmise"),
        lazy_gettext("Un autre organisme est compétent, et vous répondra."),
    ),
    State.ARCHIVED: (
        lazy_gettext("Close"),
        lazy_gettext("Le dossier est clos, et gardé le temps que la loi demande."),
    ),
}


@dataclass(frozen=True)
class Step:
    """Something that happened on a day; a letter can be read."""

    day: date
    words: str
    letter: Letter | None = None


def kept(case: RightsRequest) -> list[Letter]:
    """The letters whose words are kept."""
    return [letter for letter in case.correspondence if letter.source]


def steps(case: RightsRequest) -> list[Step]:
    """All that happened, the first day first."""
    return sorted((*_events(case), *map(_letter, case.correspondence)), key=lambda step: step.day)


def _letter(letter: Letter) -> Step:
    sentence = _("Nous vous avons écrit : %(letter)s", letter=LETTERS[letter.kind])
    return Step(paris_day(letter.written_at), str(sentence), letter)


def _events(case: RightsRequest) -> Iterator[Step]:
    yield Step(case.received_on, str(_("Votre demande est arrivée.")))
    if case.mailbox_confirmed_at:
        yield Step(paris_day(case.mailbox_confirmed_at), str(_("Votre boîte a été reconnue.")))
    for question in case.questions:
        asked = _("Nous vous avons demandé qui vous êtes. Le délai s’est arrêté.")
        yield Step(question.asked_on, str(asked))
        if question.answered_on:
            yield Step(question.answered_on, str(_("La question a trouvé sa réponse.")))
    if case.extension:
        yield Step(paris_day(case.extension.at), str(_("Nous avons prolongé le délai.")))
    if case.closed_at:
        yield Step(paris_day(case.closed_at), str(_("La demande a été close.")))


def clock(case: RightsRequest) -> str:
    """Until when we answer, and why it is not the first date; empty once it is closed."""
    if case.state not in OPEN:
        return ""
    if case.question:
        day = words.day(case.question.asked_on)
        return str(_("Le délai est suspendu depuis le %(day)s, jusqu’à votre réponse.", day=day))
    due = words.day(case.due)
    if case.extension:
        ground, facts = EXTENSIONS[case.extension.ground], case.extension.facts
        return str(
            _(
                "au plus tard le %(day)s. Nous avons prolongé le délai, parce que %(ground)s."
                " %(facts)s",
                day=due,
                ground=ground,
                facts=facts,
            )
        )
    if case.questions:
        return str(
            _(
                "au plus tard le %(day)s. Les jours passés à attendre votre réponse s’ajoutent au"
                " délai.",
                day=due,
            )
        )
    return str(_("au plus tard le %(day)s.", day=due))


def waits_for_mailbox(case: RightsRequest) -> bool:
    """Whether the person still has a button to press before anything can be given."""
    needs = bool(NEEDS_MAILBOX.intersection(case.rights))
    return case.state in OPEN and needs and case.level == Level.NONE


def wanted_document(case: RightsRequest) -> IdentityQuestion | None:
    """The question that waits for a paper, if one does."""
    question = case.question
    return question if question and question.wanted == Level.DOCUMENT else None
