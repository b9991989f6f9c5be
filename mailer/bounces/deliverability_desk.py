"""How letters fare with each provider of mailboxes, week by week."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mailer.bounces import charts, deliverability
from mailer.bounces import deliverability_charts as drawn
from mailer.bounces.blueprint import bp
from mailer.clock import now, paris_day
from mailer.web.access import staff


@bp.get("/bureau/retours/fournisseurs")
@staff("sender", "subscribers", "admin")
def providers() -> ResponseReturnValue:
    """Twelve weeks of all providers, or of the one that is asked for."""
    today = paris_day(now())
    counts = deliverability.counts(charts.since(today))
    found, asked = drawn.by_provider(counts), request.args.get("fournisseur")
    if asked not in found:
        asked = None
    chosen = [each for each in counts if asked in {None, each.provider}]
    return render_template(
        "bounces/deliverability.html",
        found=found,
        asked=asked,
        named=drawn.named,
        total=drawn.total(chosen),
        charts=drawn.of_weeks(chosen, today),
        beside=drawn.side_by_side(found) if found else None,
        weeks=charts.WEEKS,
    )
