"""The modes of measuring in words, each with the ground on which it may be used."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import LazyString, get_locale, lazy_gettext
from flask_babel import gettext as _

from mailer import rulebook
from mailer.consent.tracking import EXEMPT, Mode, What


@dataclass(frozen=True)
class Words:
    """The name of a mode, and what it does to a reader."""

    name: LazyString
    sentence: LazyString


WORDS = {
    Mode.NONE: Words(
        lazy_gettext("Aucune mesure"),
        lazy_gettext("Pas d’image invisible, les liens d’origine : rien n’est compté."),
    ),
    Mode.AGGREGATE: Words(
        lazy_gettext("Mesure d’ensemble"),
        lazy_gettext(
            "La même image et les mêmes liens pour tout le monde, et des totaux par jour."
            " On sait combien, jamais qui."
        ),
    ),
    Mode.LAST_OPEN_DATE: Words(
        lazy_gettext("Jour de la dernière ouverture"),
        lazy_gettext(
            "Pour cesser d’écrire à qui ne lit plus : un jour par personne, remplacé à chaque"
            " ouverture, sans heure, sans historique, sans les liens."
        ),
    ),
    Mode.INDIVIDUAL: Words(
        lazy_gettext("Mesure par personne"),
        lazy_gettext("Qui a ouvert ou suivi quoi, et quand, des seules personnes qui ont dit oui."),
    ),
}


@dataclass(frozen=True)
class Choice:
    """A mode as a form offers it."""

    mode: Mode
    name: str
    sentence: str
    ground: str


def choices(modes: Iterable[Mode]) -> list[Choice]:
    """Those modes, as a form offers them."""
    return [
        Choice(mode, str(WORDS[mode].name), str(WORDS[mode].sentence), ground(mode))
        for mode in modes
    ]


def ground(mode: Mode) -> str:
    """By what right the mode may be used, from the rulebook."""
    rules = rulebook.load()
    if mode is Mode.NONE:
        return str(_("Aucun consentement à demander."))
    if mode in EXEMPT[What.OPENS]:
        recommended = rules.citations["measurement"].source
        return str(
            _("Sans consentement, pour des lettres demandées (%(source)s).", source=recommended)
        )
    articles = rules.cite("measurement", str(get_locale()))
    return str(
        _("Avec un consentement distinct de l’inscription (%(articles)s).", articles=articles)
    )
