"""What an answer to an access request says besides the copy: GDPR art. 15(1)(a) to (h), and 15(2).

The record of processing, narrowed to what is held of the person | the headings in words
"""

from collections.abc import Iterator, Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import rulebook
from mailer.consent.evidence import Method
from mailer.personal import Purpose
from mailer.register import activities, words
from mailer.register.sheet import Activity
from mailer.rights.kinds import Right, references
from mailer.rights.labels import RIGHTS
from mailer.rights.letters import Fact
from mailer.rights.sections import Section

# What somebody may ask for next (art. 15(1)(e)).
NEXT = (Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION, Right.OBJECTION, Right.PORTABILITY)


def facts(sections: Sequence[Section], language: str) -> dict[str, Fact]:
    """The headings for the person of whom that is held; empty when nothing is."""
    if not sections:
        return {}
    found = [each for each in activities.now().activities if _concerns(each, sections)]
    with force_locale(language):
        return {
            "purposes": tuple(_purpose(each) for each in found),
            "categories": _lines(found, "categories"),
            "recipients": _lines(found, "recipients", "processors") + _transfers(found),
            "retention": _lines(found, "retention"),
            "rights_open": tuple(_rights(language)),
            "source": tuple(_sources(sections)),
        }


def _concerns(activity: Activity, sections: Sequence[Section]) -> bool:
    """Whether the person has data in it; of the lists, only those that they stand on."""
    if activity.purpose == Purpose.NEWSLETTER:
        return activity.name in _lists(sections)
    said = (word for section in sections for word in section.declared.values())
    return any(word.purpose == activity.purpose for word in said)


def _lists(sections: Sequence[Section]) -> set[object]:
    rows = (row for section in sections if section.table == "subscription" for row in section.rows)
    return {row.get("list_id") for row in rows}


def _purpose(activity: Activity) -> str:
    basis = ", ".join(words.lines(activity, "basis"))
    return str(_("%(purpose)s (%(basis)s)", purpose=words.title(activity), basis=basis))


def _lines(found: Sequence[Activity], *names: str) -> tuple[str, ...]:
    """What the activities say under those headings, each thing once."""
    told = ((each, name) for name in names for each in found if getattr(each, name))
    return tuple(dict.fromkeys(line for each, name in told for line in words.lines(each, name)))


def _transfers(found: Sequence[Activity]) -> tuple[str, ...]:
    outside = dict.fromkeys(each.transfers for each in found if each.transfers)
    return tuple(outside) or (str(_("Aucun transfert hors de l’Union européenne")),)


def _rights(language: str) -> Iterator[str]:
    rules = rulebook.load()
    for right in NEXT:
        if references(right, rules):
            yield f"{RIGHTS[right]} ({rules.cite(right.value, language)})"


def _sources(sections: Sequence[Section]) -> Iterator[str]:
    rows = (row for section in sections if section.table == "consent_event" for row in section.rows)
    methods = {row.get("method") for row in rows}
    if Method.IMPORT in methods:
        yield str(_("Un fichier que nous avons importé, nommé dans votre copie"))
    if methods != {Method.IMPORT}:
        yield str(_("Vous-même, par nos formulaires et vos courriers"))
