"""The page of one campaign, and the parts of it that move while somebody watches."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mailer.clock import now
from mailer.consent.modes import WORDS
from mailer.delivery import (
    campaigns,
    comparison_chart,
    comparisons,
    holding,
    readership,
    redelivery,
    reports,
    segment_choice,
    sequence_queries,
    subject_decisions,
    subjects,
)
from mailer.delivery.blueprint import bp
from mailer.delivery.models import Campaign
from mailer.delivery.states import MOVING, OVER, CampaignState
from mailer.mail import allowances
from mailer.newsletters import queries as newsletters
from mailer.web.access import staff
from mailer.web.charts import say
from mailer.web.parts import part

# Of so many rows, one count takes the database half a second and more.
ROWS_A_SECOND = 50_000
PROGRESS_SECONDS, RESULTS_SECONDS = 2, 10
# Has htmx put what stands in <main> of the answer into that of the page.
WHOLE = {"HX-Retarget": "#main", "HX-Reselect": "#main", "HX-Reswap": "outerHTML"}


@bp.get("/bureau/envois/<int:campaign_id>")
@staff("editor", "sender", "approver")
def campaign(campaign_id: int) -> ResponseReturnValue:
    return _page(campaigns.by_id(campaign_id))


def _page(found: Campaign) -> str:
    held_by = sequence_queries.held_by(found.id)
    return render_template(
        "delivery/campaign.html", held_by=held_by, **_standing(found), **_results(found)
    )


@bp.get("/bureau/envois/<int:campaign_id>/avancement")
@staff("editor", "sender", "approver")
def progress(campaign_id: int) -> ResponseReturnValue:
    """The part of the page that moves; all of the page once the state is another one.

    It is swapped, not loaded anew: a page that takes longer than the next look would never come.
    """
    found = campaigns.by_id(campaign_id)
    if request.args.get("etat") == found.state:
        return part(render_template("delivery/progress.html", **_standing(found)))
    answer = part(_page(found))
    answer.headers.update(WHOLE)
    return answer


@bp.get("/bureau/envois/<int:campaign_id>/phrase")
@staff("editor", "sender", "approver")
def said(campaign_id: int) -> ResponseReturnValue:
    """The same in one sentence, for who listens: asked for every ten seconds, not every two."""
    found = campaigns.by_id(campaign_id)
    return part(render_template("delivery/said.html", **_standing(found)))


@bp.get("/bureau/envois/<int:campaign_id>/resultats")
@staff("editor", "sender", "approver")
def results(campaign_id: int) -> ResponseReturnValue:
    """What is further down the page, which moves less often."""
    found = campaigns.by_id(campaign_id)
    page = render_template("delivery/lower.html", **_standing(found), **_results(found))
    return part(page)


def _results(found: Campaign) -> dict[str, object]:
    """What became of it, for the lower part of the page."""
    has_begun = found.started_at is not None
    departures, complaints = comparisons.endings([found.id]).get(found.id, (0, 0))
    compared = comparisons.beside(found) if has_begun and found.state in OVER else []
    return {
        "letter": newsletters.issue_anywhere(found.issue_id),
        "departures": departures,
        "complaints": complaints,
        "beside": comparison_chart.chart(compared) if compared else None,
        "say": say,
        "readership": readership.of(found),
        "offer": redelivery.offered(found.id),
        "withheld": reports.withheld(found.id),
        "mode_words": WORDS,
        "segment_changed": segment_choice.has_changed(found),
        "trial": subject_decisions.trial_of(found, now()),
    }


def _standing(found: Campaign) -> dict[str, object]:
    """Where the campaign stands, for its page and for the parts of it that move."""
    at = now()
    counted = reports.counts([found.id])[found.id]
    speed = reports.speed(found, at)
    test = subjects.test_of(found.id)
    is_waiting = test is not None and test.winner is None
    is_running = found.state is CampaignState.RUNNING
    slower = counted.total // ROWS_A_SECOND
    return {
        "campaign": found,
        "now": at,
        "counts": counted,
        "speed": speed,
        "left": None if is_waiting else reports.time_left(counted, speed),
        "is_waiting": is_waiting,
        "next_attempt": reports.next_attempt(found.id),
        "pause": reports.pause(found),
        "held": holding.now_held(at) if is_running else None,
        "resting": allowances.paused(at) if is_running else {},
        "is_moving": found.state in MOVING,
        "every": PROGRESS_SECONDS + slower,
        "results_every": RESULTS_SECONDS + 5 * slower,
        "needs_worker": is_running or campaigns.is_due(found, at),
    }
