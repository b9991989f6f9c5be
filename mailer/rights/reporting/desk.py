"""The officer's report: charts of how requests come, are answered and fall due."""

from flask import render_template
from flask.typing import ResponseReturnValue

from mailer.clock import now, paris_day
from mailer.rights.blueprint import bp
from mailer.rights.reporting import charts, years
from mailer.web.access import staff
from mailer.web.charts import say


@bp.get("/bureau/demandes/bilan")
@staff("dpo")
def report() -> ResponseReturnValue:
    today = paris_day(now())
    return render_template(
        "rights/reporting/report.html",
        charts=charts.all_of(today),
        say=say,
        years=years.known(today),
    )
