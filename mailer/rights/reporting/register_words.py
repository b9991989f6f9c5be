"""The register of requests in words: the same cells for the page and the table."""

from collections.abc import Iterator

from flask_babel import gettext as _

from mailer import sheets
from mailer.rights.labels import CHANNELS, GROUNDS, OUTCOMES, RIGHTS, STATES
from mailer.rights.reporting.register import Ended, Row, everything


def headings() -> list[str]:
    """What each cell is."""
    return [
        _("Référence"),
        _("Droits"),
        _("Arrivée par"),
        _("Reçue le"),
        _("Réponse due le"),
        _("Prolongée"),
        _("État"),
        _("Close le"),
        _("Jours"),
        _("Issue de chaque droit"),
        _("Fondement d’un refus"),
    ]


def cells(row: Row) -> list[str]:
    """One case; days as ISO 8601 has them, which every spreadsheet reads."""
    return [
        row.reference,
        ", ".join(str(RIGHTS[line.right]) for line in row.lines),
        str(CHANNELS[row.channel]),
        row.received_on.isoformat(),
        row.due.isoformat(),
        _("oui") if row.is_extended else _("non"),
        str(STATES[row.state]),
        row.closed_on.isoformat() if row.closed_on else "",
        "" if row.days is None else str(row.days),
        ", ".join(outcomes(row)),
        ", ".join(grounds(row)),
    ]


def outcomes(row: Row) -> list[str]:
    """What became of each right that is decided."""
    return [
        _told(line, str(OUTCOMES[line.outcome])) for line in row.lines if line.outcome is not None
    ]


def grounds(row: Row) -> list[str]:
    """On what each refusal rests."""
    return [_told(line, str(GROUNDS[line.ground])) for line in row.lines if line.ground is not None]


def _told(line: Ended, what: str) -> str:
    return str(_("%(right)s : %(outcome)s", right=RIGHTS[line.right], outcome=what))


def table() -> Iterator[str]:
    """The whole register as CSV, safe to open in a spreadsheet."""
    yield sheets.MARK + sheets.line(headings())
    for row in everything():
        yield sheets.line(cells(row))
