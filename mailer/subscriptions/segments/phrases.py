"""The words of a written predicate, in each language; what is read takes both, what is written one.

They are not in the catalogues of translations: the grammar may not change with a turn of phrase.
"""

from dataclasses import dataclass

from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.segments.predicate import Deed, Field, Moment, Side, Source, Unit

MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


@dataclass(frozen=True)
class Phrases:
    """How one language says it; a `%d` is the count."""

    both: str
    either: str
    no: str
    fields: dict[Field, str]
    moments: dict[Moment, str]
    sides: dict[Side, str]
    deeds: dict[Deed, tuple[str, str]]
    one: dict[Unit, str]
    many: dict[Unit, str]
    languages: dict[str, str]
    frequencies: dict[str, str]
    sources: dict[str, str]
    quotes: tuple[str, str]

    def closed(self, field: Field) -> dict[str, str]:
        """The values of a field that are the same everywhere, with their words."""
        return {
            Field.LANGUAGE: self.languages,
            Field.FREQUENCY: self.frequencies,
            Field.SOURCE: self.sources,
        }.get(field, {})


FRENCH = Phrases(
    both="et",
    either="ou",
    no="non",
    fields={
        Field.LIST: "liste",
        Field.LEFT: "liste quittée",
        Field.PENDING: "liste à confirmer",
        Field.UNPROVEN: "liste sans preuve",
        Field.TOPIC: "sujet",
        Field.TERRITORY: "territoire",
        Field.LANGUAGE: "langue",
        Field.FREQUENCY: "fréquence",
        Field.SOURCE: "source",
        Field.IMPORT: "importation",
        Field.IMPORTED_BY: "importé par",
    },
    moments={Moment.REQUESTED: "inscrit", Moment.CONFIRMED: "confirmé"},
    sides={Side.BEFORE: "avant le", Side.AFTER: "après le"},
    deeds={
        Deed.RECEIVED: ("a reçu", "n’a pas reçu"),
        Deed.OPENED: ("a ouvert", "n’a pas ouvert"),
        Deed.CLICKED: ("a cliqué", "n’a pas cliqué"),
    },
    one={Unit.DAYS: "dans le dernier jour", Unit.LETTERS: "dans la dernière lettre"},
    many={Unit.DAYS: "dans les %d derniers jours", Unit.LETTERS: "dans les %d dernières lettres"},
    languages={"fr": "français", "en": "anglais"},
    frequencies={
        Frequency.EACH: "chaque lettre",
        Frequency.WEEKLY: "une par semaine",
        Frequency.MONTHLY: "une par mois",
    },
    sources={
        Source.FORM: "formulaire",
        Source.EMBED: "page intégrée",
        Source.PREFERENCES: "préférences",
        Source.IMPORT: "importation",
        Source.STAFF: "agent",
        Source.API: "API",
    },
    quotes=("«\u00a0", "\u00a0»"),
)

ENGLISH = Phrases(
    both="and",
    either="or",
    no="not",
    fields={
        Field.LIST: "list",
        Field.LEFT: "list left",
        Field.PENDING: "list to confirm",
        Field.UNPROVEN: "list without proof",
        Field.TOPIC: "topic",
        Field.TERRITORY: "territory",
        Field.LANGUAGE: "language",
        Field.FREQUENCY: "frequency",
        Field.SOURCE: "source",
        Field.IMPORT: "import",
        Field.IMPORTED_BY: "imported by",
    },
    moments={Moment.REQUESTED: "subscribed", Moment.CONFIRMED: "confirmed"},
    sides={Side.BEFORE: "before", Side.AFTER: "after"},
    deeds={
        Deed.RECEIVED: ("received", "did not receive"),
        Deed.OPENED: ("opened", "did not open"),
        Deed.CLICKED: ("clicked", "did not click"),
    },
    one={Unit.DAYS: "in the last day", Unit.LETTERS: "in the last letter"},
    many={Unit.DAYS: "in the last %d days", Unit.LETTERS: "in the last %d letters"},
    languages={"fr": "French", "en": "English"},
    frequencies={
        Frequency.EACH: "each letter",
        Frequency.WEEKLY: "one a week",
        Frequency.MONTHLY: "one a month",
    },
    sources={
        Source.FORM: "form",
        Source.EMBED: "embedded page",
        Source.PREFERENCES: "preferences",
        Source.IMPORT: "import",
        Source.STAFF: "staff",
        Source.API: "API",
    },
    quotes=("“", "”"),
)

PHRASES = {"fr": FRENCH, "en": ENGLISH}
JOINING = frozenset({"et", "ou", "and", "or", "non", "not"})
