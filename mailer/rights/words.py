"""Days, rights and computations as sentences, in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime

from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _

from mailer.clock import PARIS, as_said
from mailer.rights.deadlines import Cause
from mailer.rights.kinds import Right
from mailer.rights.labels import HOLIDAYS, RIGHTS, STEPS
from mailer.rights.requesters import Requester, tells_of_death


def day(when: date) -> str:
    """The date in full: mardi 22 décembre 2026, vendredi 1er janvier 2027."""
    return as_said(format_date(when, "full"), when, str(get_locale()))


def weekday(when: date) -> str:
    """The date without its year: jeudi 26 novembre."""
    return as_said(format_date(when, "EEEE d MMMM"), when, str(get_locale()))


def short(when: date) -> str:
    """The date in a table: 26 nov. 2026."""
    return str(format_date(when, "medium"))


def moment(at: datetime) -> str:
    """The day and the hour in Paris: 23 nov. 2026 à 09:05."""
    local = at.astimezone(PARIS)
    return str(_("%(day)s à %(hour)s", day=short(local.date()), hour=f"{local:%H:%M}"))


def rights(asked: Iterable[Right]) -> str:
    """The rights in one line."""
    return ", ".join(str(RIGHTS[right]) for right in asked)


def asked(rights_asked: Iterable[Right], requester: Requester) -> str:
    """The same as who asks said it: an heir tells of a death, and leaves no directives."""
    return ", ".join(
        str(_("Signalement d’un décès") if tells_of_death((right,), requester) else RIGHTS[right])
        for right in rights_asked
    )


def remaining(due: date, today: date) -> str:
    """How long is left, as the chips of the desk say it."""
    days = (due - today).days
    if days < 0:
        return str(ngettext("En retard d’%(num)s jour", "En retard de %(num)s jours", -days))
    if days == 0:
        return str(_("Aujourd’hui"))
    return str(ngettext("%(num)s jour", "%(num)s jours", days))


def steps(stored: Iterable[dict[str, str]]) -> list[str]:
    """Each step of the computation of a due date, as a sentence."""
    return [
        _step(Cause(s["cause"]), day(date.fromisoformat(s["day"])), s["detail"]) for s in stored
    ]


def _step(cause: Cause, on: str, detail: str) -> str:
    return str(STEPS[cause]) % {
        "day": on,
        "number": detail,
        "holiday": HOLIDAYS.get(detail, detail),
    }
