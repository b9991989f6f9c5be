"""The report of a year in words: titled sections of lines, for page, print and table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _

from mailer.rights.labels import CHANNELS, GROUNDS, OUTCOMES, RIGHTS, STATES
from mailer.rights.reporting.yearly import AGES, Report
from mailer.web.charts import say

Row = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """Some numbers under one title, each with its label."""

    key: str
    title: str
    rows: Sequence[Row]


def sections(found: Report) -> list[Section]:
    """The whole report, in the reader's language."""
    return [
        Section("rights", _("Par droit"), _counted(RIGHTS, found.rights)),
        Section("channels", _("Par voie d’arrivée"), _counted(CHANNELS, found.channels)),
        Section("outcomes", _("Par issue"), _endings(found)),
        Section("delays", _("Délais"), _delays(found)),
        Section("grounds", _("Refus, par fondement"), _grounds(found)),
        Section("questions", _("Questions d’identité"), _questions(found)),
        Section("ages", _("Encore ouvertes, par âge"), list(_ages(found))),
    ]


def _counted(labels: Mapping[Any, LazyString], counted: Mapping[Any, int]) -> list[Row]:
    """The kinds that occur, the most frequent first."""
    occurring = sorted((key for key in labels if counted.get(key)), key=lambda key: -counted[key])
    return [(str(labels[key]), say(counted[key])) for key in occurring]


def _endings(found: Report) -> list[Row]:
    return [
        *_counted(OUTCOMES, found.outcomes),
        *_counted(STATES, found.endings),
        (_("Encore ouvertes"), say(found.open)),
    ]


def _delays(found: Report) -> list[Row]:
    return [
        (_("Réponses"), say(found.answered)),
        (_("Jours pour répondre, médiane"), say(found.median_days)),
        (_("Jours pour répondre, maximum"), say(found.longest_days)),
        (_("Réponses à temps, en pour cent"), say(found.in_time)),
        (_("Réponses en retard"), say(found.late)),
        (_("Délais prolongés"), say(found.extended)),
    ]


def _grounds(found: Report) -> list[Row]:
    rows = _counted(GROUNDS, found.grounds)
    unnamed = found.refused - sum(found.grounds.values())
    if unnamed:
        # A purged file leaves its outcome and not its ground.
        rows.append((_("Fondement non gardé"), say(unnamed)))
    return rows


def _questions(found: Report) -> list[Row]:
    return [
        (_("Questions posées"), say(found.questions.asked)),
        (_("Demandes concernées"), say(found.questions.cases)),
    ]


def _ages(found: Report) -> Iterator[Row]:
    first = 0
    for last in AGES:
        label = _("De %(first)s à %(last)s jours", first=first, last=last)
        yield label, say(found.ages.get(last, 0))
        first = last + 1
    yield _("Plus de %(days)s jours", days=AGES[-1]), say(found.ages.get(None, 0))


def told(found: Report) -> str:
    """The year in one sentence."""
    asked = ngettext("%(num)s droit demandé", "%(num)s droits demandés", found.asked)
    if found.cases is None:
        return str(_("%(number)s en %(year)s.", number=asked, year=found.year))
    cases = ngettext("%(num)s demande", "%(num)s demandes", found.cases)
    return str(_("%(cases)s, %(asked)s en %(year)s.", cases=cases, asked=asked, year=found.year))
