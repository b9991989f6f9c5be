"""How letters fare, drawn: by week with one provider or all, and the providers side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from mailer.bounces.charts import WEEKS, share, weekly
from mailer.bounces.deliverability import ERASED, OTHERS, Count
from mailer.clock import paris_day
from mailer.web.calendar_spans import week_of, weeks_until
from mailer.web.charts import Chart, Series, say
from mailer.web.plotting import Column

PER = 1000


@dataclass(frozen=True)
class Line:
    """What became of all the mails to one provider, or of one week."""

    delivered: int
    deferred: int
    refused: int
    bounced: int
    complaints: int

    @property
    def sent(self) -> int:
        """All that were tried."""
        return self.delivered + self.deferred + self.refused + self.bounced

    @property
    def rate(self) -> float:
        """The part that was taken and did not come back."""
        return self.delivered / self.sent if self.sent else 0


def total(parts: Iterable[Count | Line]) -> Line:
    """All of them together."""
    every = list(parts)
    return Line(
        delivered=sum(each.delivered for each in every),
        deferred=sum(each.deferred for each in every),
        refused=sum(each.refused for each in every),
        bounced=sum(each.bounced for each in every),
        complaints=sum(each.complaints for each in every),
    )


def by_provider(counts: Sequence[Count]) -> dict[str, Line]:
    """The providers, whom most was sent to first; the others and the erased come last."""
    names = {each.provider for each in counts}
    found = {name: total(c for c in counts if c.provider == name) for name in names}
    last = (OTHERS, ERASED)
    order = sorted(found, key=lambda name: (name in last, -found[name].sent, name))
    return {name: found[name] for name in order}


def named(provider: str) -> str:
    """The provider, as people call it."""
    apart = {OTHERS: _("Autres messageries"), ERASED: _("Adresses effacées depuis")}
    return str(apart.get(provider, provider))


def _short(provider: str) -> str:
    """The same, where there is little room."""
    apart = {OTHERS: _("Autres"), ERASED: _("Effacées")}
    return str(apart.get(provider, provider))


def of_weeks(counts: Sequence[Count], today: date) -> list[Chart]:
    """What was taken, and what was not, by the week of sending."""
    mondays = weeks_until(today, WEEKS)
    lines = [total(c for c in counts if week_of(paris_day(c.began)) == each) for each in mondays]
    return [_taken(mondays, lines), _lost(mondays, lines)]


def _taken(mondays: Sequence[date], lines: Sequence[Line]) -> Chart:
    whole = total(lines)
    return Chart(
        key="taken",
        title=_("Lettres remises, par semaine d’envoi"),
        told=_(
            "Lettres envoyées : %(sent)s ; remises : %(delivered)s, soit %(share)s.",
            sent=say(whole.sent),
            delivered=say(whole.delivered),
            share=share(whole.rate),
        ),
        span=_("Semaine du"),
        series=[Series(1, _("Remises"))],
        columns=weekly(mondays, ((each.delivered or None,) for each in lines)),
    )


def _lost(mondays: Sequence[date], lines: Sequence[Line]) -> Chart:
    whole = total(lines)
    return Chart(
        key="lost",
        title=_("Ce qui n’a pas été remis, et les plaintes, par semaine d’envoi"),
        told=_(
            "En attente d’un nouvel essai : %(deferred)s. Refusées à l’arrivée : %(refused)s."
            " Revenues ensuite : %(bounced)s. Plaintes : %(complaints)s.",
            deferred=say(whole.deferred),
            refused=say(whole.refused),
            bounced=say(whole.bounced),
            complaints=say(whole.complaints),
        ),
        span=_("Semaine du"),
        series=series(),
        columns=weekly(mondays, (_parts(each) for each in lines)),
    )


def side_by_side(found: dict[str, Line]) -> Chart:
    """The providers beside each other, for a thousand letters to each."""
    return Chart(
        key="providers",
        title=_("Par fournisseur, pour mille lettres"),
        told=_worst(found),
        span=_("Fournisseur"),
        series=series(),
        columns=[
            Column(named(name), _short(name), tuple(_rate(n, line) for n in _numbers(line)))
            for name, line in found.items()
        ],
    )


def _worst(found: dict[str, Line]) -> str:
    name, line = min(found.items(), key=lambda each: (each[1].rate, each[0]))
    if line.delivered == line.sent:
        return str(_("Toutes les lettres ont été remises, chez chaque fournisseur."))
    return str(
        _(
            "Le moins bon : %(provider)s, où %(share)s des lettres ont été remises.",
            provider=named(name),
            share=share(line.rate),
        )
    )


def series() -> list[Series]:
    """What is told apart, in the same colours on each chart."""
    return [
        Series(5, _("En attente")),
        Series(2, _("Refusées")),
        Series(8, _("Revenues")),
        Series(3, _("Plaintes")),
    ]


def _numbers(line: Line) -> tuple[int, ...]:
    return (line.deferred, line.refused, line.bounced, line.complaints)


def _parts(line: Line) -> tuple[int | None, ...]:
    return tuple(number or None for number in _numbers(line))


def _rate(number: int, line: Line) -> float | None:
    return round(PER * number / line.sent, 1) if number else None
