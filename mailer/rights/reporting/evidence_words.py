"""The proof file in words, as it is printed: titled sections of facts, texts and tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from mailer.register import columns, vocabulary
from mailer.rights import copy_words, words
from mailer.rights.labels import CALENDARS
from mailer.rights.reporting import evidence_labels as labels
from mailer.rights.reporting.evidence_rows import tables

Row = Mapping[str, Any]
Fact = tuple[str, str]

CASE = "rights_request"


@dataclass(frozen=True)
class Group:
    """Some facts that belong together, and texts of some length, each under its name."""

    facts: Sequence[Fact]
    texts: Sequence[Fact] = ()


@dataclass(frozen=True)
class Section:
    """A part of the file; it holds what it has, in this order."""

    title: str
    groups: Sequence[Group] = ()
    steps: Sequence[str] = ()
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def sections(content: Row) -> list[Section]:
    """The whole file, what is empty left out."""
    return [
        Section(_("Le dossier"), [_group(CASE, content["case"])]),
        _clock(content["clock"]),
        Section(
            _("Ce qui s’est passé"),
            headings=[_("Quand"), _("Quoi"), _("Qui")],
            rows=[_moment(each) for each in content["moments"]],
        ),
        *_hanging(content),
        *_warnings(content["warnings"]),
        Section(
            _("Journal des actes et des consultations"),
            headings=[_("Quand"), _("Quoi"), _("Qui")],
            rows=[_act(each) for each in content["record"]],
        ),
    ]


def _hanging(content: Row) -> Iterator[Section]:
    for kind, table in tables().items():
        if content[kind]:
            yield Section(vocabulary.table(table), [_group(table, row) for row in content[kind]])


def _group(table: str, row: Row) -> Group:
    told = {name: value for name, value in row.items() if value not in (None, "")}
    return Group(
        facts=[
            (_label(name), _value(table, name, value))
            for name, value in told.items()
            if name not in labels.ELSEWHERE and name not in labels.TEXTS
        ],
        texts=[(_label(name), str(told[name])) for name in labels.TEXTS if name in told],
    )


def _label(name: str) -> str:
    return str(labels.COLUMNS.get(name) or columns.COLUMNS.get(name, name))


def _value(table: str, name: str, value: Any) -> str:
    own = labels.VALUES.get(f"{table}.{name}", {})
    return str(own[value]) if value in own else _when(copy_words.value(table, name, value, {}))


def _when(text: str) -> str:
    """A day or an instant as its reader says it; any other text as it is."""
    try:
        return words.day(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return words.moment(datetime.fromisoformat(text))
    except ValueError:
        return text


def _clock(clock: Row) -> Section:
    facts = [
        (_("Réponse due le"), _when(clock["due"])),
        (_("Règles appliquées"), f"{clock['rulebook']}, {CALENDARS[clock['calendar']]}"),
        (_("Sources"), " ; ".join(dict.fromkeys(clock["sources"]))),
    ]
    return Section(_("Le calcul de l’échéance"), [Group(facts)], steps=words.steps(clock["steps"]))


def _moment(moment: Row) -> list[str]:
    what = str(labels.MOMENTS[moment["of"], moment["what"]])
    if moment["which"]:
        what = _(
            "%(what)s : %(which)s",
            what=what,
            which=_value("rights_letter", "kind", moment["which"]),
        )
    return [_when(moment["when"]), what, moment["by"]]


def _warnings(given: Sequence[Row]) -> Iterator[Section]:
    if given:
        yield Section(
            vocabulary.table("rights_deadline_warning"),
            headings=[_("Quand"), _("Rappel")],
            rows=[[_when(each["given_at"]), each["timer"]] for each in given],
        )


def _act(entry: Row) -> list[str]:
    done = labels.VERBS.get(entry["verb"], entry["verb"])
    return [_when(entry["at"]), str(done), entry["actor"]]
