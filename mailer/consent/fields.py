"""What a notice must say (GDPR art. 13), and by which words each thing is known in each language.

A field is a heading of the full notice. A mention is what it, or the short notice, cannot do
without.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """The headings of the full notice, in their order."""

    CONTROLLER = "controller"
    OFFICER = "officer"
    PURPOSES = "purposes"
    DATA = "data"
    RECIPIENTS = "recipients"
    TRANSFERS = "transfers"
    RETENTION = "retention"
    RIGHTS = "rights"
    COMPLAINT = "complaint"
    DECISIONS = "decisions"
    VERSION = "version"


class Mention(StrEnum):
    """What must be said inside a field, or in a notice that has no headings."""

    ORGANISATION = "organisation"
    MAILBOX = "mailbox"
    BASIS = "basis"
    COMPULSORY = "compulsory"
    DURATION = "duration"
    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    WITHDRAWAL = "withdrawal"
    OBJECTION = "objection"
    POST_MORTEM = "post_mortem"
    AUTHORITY = "authority"
    LINK = "link"


@dataclass(frozen=True)
class Words:
    """A pattern in each language."""

    fr: str
    en: str

    def find(self, text: str, locale: str) -> re.Match[str] | None:
        """Where the text says it first."""
        return re.search(vars(self)[locale], text, re.IGNORECASE)


HEADINGS: Mapping[Field, Words] = {
    Field.CONTROLLER: Words("responsable d[ue]s? traitement", "controller"),
    Field.OFFICER: Words("délégué", "officer"),
    Field.PURPOSES: Words("finalité", "purpose"),
    Field.DATA: Words(
        "^(les |vos )?(catégories de )?données\\b", "^(the |your )?(categories of )?data$"
    ),
    Field.RECIPIENTS: Words("destinataire", "recipient"),
    Field.TRANSFERS: Words("transfert", "transfer"),
    Field.RETENTION: Words("durée|conservation", "retention|how long"),
    Field.RIGHTS: Words("^(les |vos )?droits", "^(the |your )?rights"),
    Field.COMPLAINT: Words("réclamation|plainte", "complaint"),
    Field.DECISIONS: Words("automatisée|profilage", "automated|profiling"),
    Field.VERSION: Words("version", "version"),
}

# What is known by the settings, not by a word, is looked for by the linter itself.
PHRASES: Mapping[Mention, Words] = {
    Mention.BASIS: Words(
        "consentement|bases? légales?|mission d’intérêt public",
        "consent|legal bas[ei]s|lawful bas[ei]s|public interest",
    ),
    Mention.COMPULSORY: Words("obligatoire|facultati", "compulsory|mandatory|required|optional"),
    Mention.ACCESS: Words("accès|accéder|consulter", "access"),
    Mention.RECTIFICATION: Words("rectifi|corrig", "rectif|correct"),
    Mention.ERASURE: Words("efface|effacer|suppression", "eras|delet"),
    Mention.RESTRICTION: Words("limit", "restrict"),
    Mention.PORTABILITY: Words("portab|réutilisable", "portab|reusable"),
    Mention.WITHDRAWAL: Words("retir[eé]|retrait", "withdraw"),
    Mention.OBJECTION: Words("oppos", "object"),
    Mention.POST_MORTEM: Words("décès|après votre mort", "death"),
}

OF_A_FIELD: Mapping[Field, tuple[Mention, ...]] = {
    Field.CONTROLLER: (Mention.ORGANISATION,),
    Field.OFFICER: (Mention.MAILBOX,),
    Field.PURPOSES: (Mention.BASIS,),
    Field.DATA: (Mention.COMPULSORY,),
    Field.RETENTION: (Mention.DURATION,),
    Field.RIGHTS: (
        Mention.ACCESS,
        Mention.RECTIFICATION,
        Mention.ERASURE,
        Mention.RESTRICTION,
        Mention.PORTABILITY,
        Mention.WITHDRAWAL,
        Mention.OBJECTION,
        Mention.POST_MORTEM,
    ),
    Field.COMPLAINT: (Mention.AUTHORITY,),
}

# The first layer, beside the form: what matters most, and the way to the rest (art. 12(1)).
OF_THE_SHORT = (
    Mention.ORGANISATION,
    Mention.BASIS,
    Mention.WITHDRAWAL,
    Mention.DURATION,
    Mention.ACCESS,
    Mention.RECTIFICATION,
    Mention.ERASURE,
    Mention.RESTRICTION,
    Mention.PORTABILITY,
    Mention.AUTHORITY,
    Mention.LINK,
)
