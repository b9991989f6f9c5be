"""What came back, for staff: over time, by provider and domain, and of one campaign."""

from flask import render_template
from flask.typing import ResponseReturnValue

from mailer.bounces import charts, labels, reports
from mailer.bounces.blueprint import bp
from mailer.clock import now, paris_day
from mailer.delivery import campaigns
from mailer.newsletters import queries as newsletters
from mailer.web.access import staff
from mailer.web.charts import say

bp.context_processor(
    lambda: {"labels": labels, "share": charts.share, "say": say, "day": charts.day}
)


@bp.get("/bureau/retours")
@staff("sender", "subscribers", "admin")
def returns() -> ResponseReturnValue:
    """How the letters of twelve weeks fared."""
    today = paris_day(now())
    since = charts.since(today)
    sent = reports.by_campaign(since)
    providers = reports.by_provider(since)
    return render_template(
        "bounces/returns.html",
        total=charts.total(tally for _at, tally in sent),
        charts=charts.all_of(today, sent),
        weeks=charts.WEEKS,
        warnings=list(charts.warnings(providers)),
        providers=providers,
        domains=reports.by_domain(since),
        refused=reports.refused(paris_day(since)),
        has_any=reports.has_any(),
        lines=reports.LINES,
    )


@bp.get("/bureau/envois/<int:campaign_id>/retours")
@staff("editor", "approver", "sender", "subscribers", "admin")
def campaign_returns(campaign_id: int) -> ResponseReturnValue:
    """Why mails of one campaign came back, and what becomes of those people."""
    found = campaigns.by_id(campaign_id)
    tally = reports.of_campaign(found.id)
    return render_template(
        "bounces/campaign.html",
        campaign=found,
        letter=newsletters.issue_anywhere(found.issue_id),
        tally=tally,
        warnings=list(charts.warnings_of(tally)),
        causes=reports.causes(found.id),
    )
