"""Stored words of a copy in the reader's own: a state, a means, a date, a number of a row."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from mailer.consent import words as consent
from mailer.consent.models import Reason
from mailer.consent.notice_words import BASES
from mailer.mail.models import State as Mail
from mailer.oversight import naming
from mailer.oversight.words import VERBS, WHYS
from mailer.rights import labels, words
from mailer.rights.sections import COLLEAGUE, WITHHELD, Value
from mailer.subscriptions.choice_forms import FREQUENCIES
from mailer.subscriptions.states import State

LANGUAGES = {"fr": lazy_gettext("français"), "en": lazy_gettext("anglais")}

MAILS = {
    Mail.QUEUED: lazy_gettext("en attente"),
    Mail.LEASED: lazy_gettext("en cours d’envoi"),
    Mail.UNCERTAIN: lazy_gettext("peut-être envoyé"),
    Mail.REPEATED: lazy_gettext("renvoyé"),
    Mail.SENT: lazy_gettext("envoyé"),
    Mail.FAILED: lazy_gettext("non remis"),
    "deferred": lazy_gettext("remis à plus tard"),
    "withheld": lazy_gettext("retenu, non envoyé"),
}

SUBSCRIPTIONS = {
    State.UNPROVEN: lazy_gettext("importée sans preuve, rien n’est envoyé"),
    State.PENDING: lazy_gettext("en attente de confirmation"),
    State.ACTIVE: lazy_gettext("active"),
    State.ENDED: lazy_gettext("terminée"),
}

SUPPRESSIONS = {
    Reason.OBJECTION: lazy_gettext("opposition"),
    Reason.COMPLAINT: lazy_gettext("courriel signalé comme indésirable"),
    Reason.HARD_BOUNCE: lazy_gettext("boîte qui n’existe pas"),
    Reason.RESTRICTION: lazy_gettext("données mises de côté"),
}

# By table and column; the keys are words of different vocabularies.
VALUES: Mapping[str, Mapping[Any, LazyString]] = {
    "audit_entry.verb": VERBS,
    "audit_entry.why": WHYS,
    "consent_event.kind": consent.KINDS,
    "consent_event.method": consent.METHODS,
    "consent_event.basis": BASES,
    "consent_state.kind": consent.KINDS,
    "delivery.state": MAILS,
    "outbox_message.state": MAILS,
    "rights_letter.delivery": labels.DELIVERIES,
    "rights_letter.kind": labels.LETTERS,
    "rights_letter.via": labels.VIAS,
    "rights_identity_question.wanted": labels.LEVELS,
    "rights_request.answer_via": labels.VIAS,
    "rights_request.channel": labels.CHANNELS,
    "rights_request.proven": labels.LEVELS,
    "rights_request.requester": labels.REQUESTERS,
    "rights_document.kind": labels.DOCUMENTS,
    "rights_extension.ground": labels.EXTENSIONS,
    "rights_request.hold": labels.HOLDS,
    "rights_request.state": labels.STATES,
    "rights_request.ended_as": labels.STATES,
    "rights_request_line.ground": labels.GROUNDS,
    "rights_request_line.outcome": labels.OUTCOMES,
    "rights_request_line.right": labels.RIGHTS,
    "subscription.frequency": FREQUENCIES,
    "subscription.state": SUBSCRIPTIONS,
    "suppression.reason": SUPPRESSIONS,
}

# Notes of one shape in every table that has them: `subject`, `request:12`.
NOTED: Mapping[str, Callable[[str], str]] = {
    "actor": lambda noted: naming.who(noted, {}),
    "audit_entry.for_case": naming.what,
    "audit_entry.subject": naming.what,
    "origin": naming.what,
}

# The parts of a record within a column.
PARTS: Mapping[object, LazyString] = {
    "address": lazy_gettext("Adresse"),
    "network": lazy_gettext("Réseau"),
    "page": lazy_gettext("Page"),
    "reason": lazy_gettext("Motif"),
    "user_agent": lazy_gettext("Logiciel"),
}

SAID: Mapping[str | bool, LazyString] = {
    WITHHELD: lazy_gettext("gardé secret, non recopié"),
    COLLEAGUE: lazy_gettext("un agent du service"),
    True: lazy_gettext("oui"),
    False: lazy_gettext("non"),
}


def value(table: str, column: str, held: Value, lists: Mapping[str, str]) -> str:
    """What the column holds, as a reader says it; a list by its name among those."""
    if isinstance(held, list | dict):
        return _inside(held)
    if isinstance(held, datetime):
        return words.moment(held)
    if isinstance(held, date):
        return words.day(held)
    if isinstance(held, bool) or held in {WITHHELD, COLLEAGUE}:
        return str(SAID[held])
    return _named(table, column, held, lists)


def _named(table: str, column: str, held: str | int | None, lists: Mapping[str, str]) -> str:
    if column == "purpose":
        return consent.purpose(str(held), lists)
    if say := NOTED.get(column) or NOTED.get(f"{table}.{column}"):
        return say(str(held))
    is_language = column in {"language", "locale"}
    known: Mapping[Any, LazyString] = (
        LANGUAGES if is_language else VALUES.get(f"{table}.{column}", {})
    )
    return str(known.get(held, held))


def _inside(held: list[object] | dict[str, object]) -> str:
    """A record within a column, a line each."""
    pairs = held.items() if isinstance(held, dict) else enumerate(held, 1)
    lines = (_("%(name)s : %(value)s", name=name, value=_flat(part)) for name, part in pairs)
    return "\n".join(map(str, lines))


def _flat(part: object) -> str:
    return ", ".join(map(str, part)) if isinstance(part, list) else str(part)
