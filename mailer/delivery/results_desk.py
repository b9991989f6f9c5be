"""The results of the sendings as a table to take away; nothing in it is about a person."""

from flask import Response, g
from flask_babel import gettext as _

from mailer import sheets
from mailer.audit.operations import record
from mailer.clock import PARIS
from mailer.db import transaction
from mailer.delivery import comparisons
from mailer.delivery.blueprint import bp
from mailer.delivery.comparisons import Result
from mailer.delivery.states import DeliveryState
from mailer.web.access import staff

MOST_ROWS = 500


@bp.get("/bureau/envois/resultats.csv")
@staff("editor", "sender", "approver")
def results_file() -> Response:
    """The newest sendings, one a line."""
    with transaction():
        record(g.account.actor, "copy", "campaigns")
    table = [_heading(), *map(_row, comparisons.newest(MOST_ROWS))]
    text = sheets.MARK + "".join(map(sheets.line, table))
    named = {"Content-Disposition": 'attachment; filename="envois.csv"'}
    return Response(text, mimetype="text/csv", headers=named)


def _heading() -> list[str]:
    return [
        _("Lettre"),
        _("Liste"),
        _("Départ"),
        _("Envoyés"),
        _("En attente d’un nouvel essai"),
        _("Non remis"),
        _("Incertains"),
        _("Retenus"),
        _("Désabonnements"),
        _("Plaintes"),
    ]


def _row(result: Result) -> list[str]:
    counted = (
        *(
            result.counts.of(state)
            for state in (
                DeliveryState.SENT,
                DeliveryState.DEFERRED,
                DeliveryState.FAILED,
                DeliveryState.UNCERTAIN,
                DeliveryState.WITHHELD,
            )
        ),
        result.departures,
        result.complaints,
    )
    began = f"{result.began.astimezone(PARIS):%Y-%m-%d %H:%M}"
    return [result.subject, result.list_name, began, *map(str, counted)]
