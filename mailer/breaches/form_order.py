"""An incident in the order of the authority's form, so that it is copied over field by field."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask import current_app
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.breaches.kinds import Data, Nature, People, Told
from mailer.breaches.labels import CAUSES, DATA, EXEMPTIONS, NATURES, PEOPLE, PHASES, RISKS, TOLD
from mailer.breaches.models import Breach
from mailer.breaches.operations import due
from mailer.breaches.words import typed

YES, NO = _("Oui"), _("Non")
NOT_ASSESSED = _("Pas encore évalué")


@dataclass(frozen=True)
class Line:
    """One field: what it is called in files, on the form, and what is to be copied."""

    key: str
    label: str
    value: str


@dataclass(frozen=True)
class Section:
    """One part of the form."""

    title: str
    lines: tuple[Line, ...]


def sections(breach: Breach, told: Counter[Told]) -> list[Section]:
    """The whole incident, section by section; what is not known yet is an empty value."""
    return [
        _section(_("Notification"), _notifications(breach)),
        _section(_("Organisme"), _body()),
        _section(_("La violation"), _what(breach)),
        _section(_("Données et personnes"), _whose(breach)),
        _section(_("Conséquences et mesures"), _effects(breach)),
        _section(_("Information des personnes"), _telling(breach, told)),
        _section(_("Aspects transfrontaliers et sous-traitants"), _others(breach)),
        _section(_("Suivi"), _end(breach)),
    ]


Kind = TypeVar("Kind", Nature, Data, People)
Said = Iterator[tuple[str, LazyString, object]]


def _section(title: LazyString, said: Said) -> Section:
    return Section(str(title), tuple(Line(key, str(name), str(value)) for key, name, value in said))


def _notifications(breach: Breach) -> Said:
    filed = breach.notifications
    yield "reference", _("Référence interne"), breach.reference
    yield "phases", _("Type"), _lines(PHASES[each.phase] for each in filed)
    yield "notified_at", _("Faite le"), _lines(typed(each.notified_at) for each in filed)
    yield "numbers", _("Numéro donné par la CNIL"), _lines(each.number for each in filed)
    reasons = (each.delay_reasons for each in filed if each.delay_reasons)
    yield "delay_reasons", _("Raisons du retard"), _lines(reasons)


def _body() -> Said:
    config = current_app.config
    yield "controller", _("Responsable du traitement"), config["ORGANISATION"]
    yield "address", _("Adresse postale"), config["POSTAL_ADDRESS"]
    yield "officer", _("Délégué à la protection des données"), config["DPO_ADDRESS"]


def _what(breach: Breach) -> Said:
    yield "began_at", _("Début de la violation"), typed(breach.began_at)
    yield "discovered_at", _("Découverte"), typed(breach.discovered_at)
    yield "aware_at", _("Prise de connaissance"), typed(breach.aware_at)
    yield "due", _("Fin du délai de notification"), typed(due(breach))
    yield "found_how", _("Circonstances de la découverte"), breach.found_how
    yield "circumstances", _("Description de la violation"), breach.circumstances
    yield "natures", _("Nature"), _named(NATURES, map(Nature, breach.natures))
    yield "cause", _("Origine"), CAUSES[breach.cause]


def _whose(breach: Breach) -> Said:
    yield "data", _("Catégories de données"), _named(DATA, map(Data, breach.data))
    yield "records_count", _("Nombre approximatif d’enregistrements"), _about(breach.records_count)
    yield "people", _("Catégories de personnes"), _named(PEOPLE, map(People, breach.people))
    yield "persons_count", _("Nombre approximatif de personnes"), _about(breach.persons_count)


def _effects(breach: Breach) -> Said:
    yield "safeguards", _("Mesures en place avant l’incident"), breach.safeguards
    yield "consequences", _("Conséquences probables"), breach.consequences
    yield "risk", _("Niveau de risque"), RISKS[breach.risk] if breach.risk else NOT_ASSESSED
    yield "risk_reason", _("Ce qui fonde ce niveau"), breach.risk_reason
    yield "measures_taken", _("Mesures prises"), breach.measures_taken
    yield "measures_planned", _("Mesures prévues"), breach.measures_planned


def _telling(breach: Breach, told: Counter[Told]) -> Said:
    left_at = min((each.left_at for each in breach.letters if each.left_at), default=None)
    ground = EXEMPTIONS[breach.exemption] if breach.exemption else ""
    yield "is_told", _("Les personnes sont informées"), YES if told.total() else NO
    yield "told_at", _("Depuis le"), typed(left_at)
    yield "told_count", _("Nombre de personnes informées"), told.total()
    counted = (f"{TOLD[state]}\u00a0: {told[state]}" for state in Told if told[state])
    yield "told_states", _("Où en sont les lettres"), _lines(counted)
    yield "exemption", _("Pourquoi elles ne le sont pas une à une"), ground
    yield "exemption_reason", _("Ce qui le montre"), breach.exemption_reason


def _others(breach: Breach) -> Said:
    yield "is_cross_border", _("Violation transfrontalière"), YES if breach.is_cross_border else NO
    yield "countries", _("Pays concernés"), breach.countries
    yield "processors", _("Sous-traitants concernés"), breach.processors


def _end(breach: Breach) -> Said:
    yield "opened_at", _("Dossier ouvert le"), typed(breach.opened_at)
    yield "closed_at", _("Dossier clos le"), typed(breach.closed_at)
    yield "closing_words", _("Ce qu’il faut en retenir"), breach.closing_words
    yield "rulebook_version", _("Règles appliquées"), breach.rulebook_version


def _named(labels: Mapping[Kind, LazyString], values: Iterable[Kind]) -> str:
    return _lines(labels[value] for value in values)


def _lines(texts: Iterable[object]) -> str:
    return "\n".join(str(text) for text in texts)


def _about(number: int | None) -> str:
    return "" if number is None else str(number)
