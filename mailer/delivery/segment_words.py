"""What is said of segments: faults with their cure, counts, and the choices of the form."""

from collections.abc import Mapping

from flask_babel import get_locale, lazy_gettext, ngettext
from flask_babel import gettext as _

from mailer.delivery.segment_counts import Count
from mailer.delivery.words import number
from mailer.subscriptions.segments.faults import Fault, Unreadable
from mailer.subscriptions.segments.phrases import PHRASES
from mailer.subscriptions.segments.predicate import (
    MOST_DAYS,
    MOST_LETTERS,
    Deed,
    Field,
    Moment,
    Node,
    Side,
    Unit,
)
from mailer.subscriptions.segments.vocabulary import Vocabulary
from mailer.subscriptions.segments.writing import written

TOO_MANY = lazy_gettext(
    "Comptez au moins 1, et au plus %(days)s jours ou %(letters)s lettres.",
    days=MOST_DAYS,
    letters=MOST_LETTERS,
)
# Where it stops to be understood, then how to go on.
CURES = {
    Fault.EMPTY: lazy_gettext("Écrivez au moins une condition, par exemple : langue = français."),
    Fault.LONG: lazy_gettext("Raccourcissez le texte : 2 000 caractères au plus."),
    Fault.CONDITION: lazy_gettext(
        "Une condition commence par liste, sujet, territoire, langue, fréquence, source,"
        " importation, inscrit, confirmé, a reçu, a ouvert ou a cliqué."
    ),
    Fault.EQUALS: lazy_gettext("Écrivez = ou ≠, puis la valeur."),
    Fault.VALUE: lazy_gettext("Écrivez la valeur après le signe."),
    Fault.UNKNOWN: lazy_gettext("Rien ne porte ce nom ici."),
    Fault.NO_VALUES: lazy_gettext("Rien n’a encore de valeur pour cette condition."),
    Fault.QUOTE: lazy_gettext("Fermez les guillemets."),
    Fault.DAYS_OR_DATE: lazy_gettext(
        "Écrivez « avant le », « après le » et un jour, ou « dans les 30 derniers jours »."
    ),
    Fault.DATE: lazy_gettext(
        "Écrivez un jour qui existe, par exemple 1er janvier 2026 ou 2026-01-01."
    ),
    Fault.SPAN: lazy_gettext(
        "Écrivez « dans les 30 derniers jours » ou « dans les 5 dernières lettres »."
    ),
    Fault.COUNT: TOO_MANY,
    Fault.ONLY_DAYS: lazy_gettext("Pour ce qui a été reçu, comptez en jours."),
    Fault.GROUP: lazy_gettext("Fermez cette parenthèse."),
    Fault.JOINING: lazy_gettext(
        "Reliez les conditions par « et » ou « ou », sans parenthèse de trop."
    ),
    Fault.LARGE: lazy_gettext("Simplifiez : 30 conditions au plus, sur 5 niveaux de parenthèses."),
}
UNITS = {Unit.DAYS: lazy_gettext("derniers jours"), Unit.LETTERS: lazy_gettext("dernières lettres")}


def fault(refusal: Unreadable) -> str:
    """Where the text is not understood, and what to write there."""
    place = refusal.place
    parts = [str(CURES[refusal.fault])]
    if refusal.near:
        parts.append(_("Choisissez parmi : %(names)s.", names=" · ".join(refusal.near)))
    cure = " ".join(parts)
    if refusal.fault in {Fault.EMPTY, Fault.LONG, Fault.LARGE}:
        return cure
    if not place.found:
        return str(_("À la fin du texte : %(cure)s", cure=cure))
    where = number(place.position)
    return str(
        _(
            "Au caractère %(where)s (« %(found)s ») : %(cure)s",
            where=where,
            found=place.found,
            cure=cure,
        )
    )


def people(count: Count) -> str:
    """342 personnes; or between how many and how many."""
    if count.is_exact:
        return str(
            ngettext(
                "%(count)s personne", "%(count)s personnes", count.most, count=number(count.most)
            )
        )
    return str(
        _(
            "Entre %(least)s et %(most)s personnes",
            least=number(count.least),
            most=number(count.most),
        )
    )


def said(node: Node, vocabulary: Vocabulary) -> str:
    """The predicate in words, in the reader's language."""
    return written(node, vocabulary, str(get_locale()))


def choices(vocabulary: Vocabulary) -> Mapping[str, list[tuple[str, str]]]:
    """Every value that a condition may have, under the name of what it is of."""
    language = str(get_locale())
    fields = PHRASES[language].fields
    return {
        _title(fields[field]): [(f"{field}:{value}", words) for value, words in known.items()]
        for field in Field
        if (known := vocabulary.values(field, language))
    }


def _title(words: str) -> str:
    return words[:1].upper() + words[1:]


def moments() -> list[tuple[str, str]]:
    """Before or after a day, of each moment."""
    words = PHRASES[str(get_locale())]
    return [
        (f"{moment}:{side}", _title(f"{words.moments[moment]} {words.sides[side]}"))
        for moment in Moment
        for side in (Side.AFTER, Side.BEFORE)
    ]


def deeds() -> list[tuple[str, str]]:
    """What was done, and what was not."""
    words = PHRASES[str(get_locale())].deeds
    return [(f"{deed}:{place}", _title(words[deed][place])) for place in (0, 1) for deed in Deed]


def units() -> list[tuple[str, str]]:
    """Days or letters."""
    return [(unit.value, str(words)) for unit, words in UNITS.items()]
