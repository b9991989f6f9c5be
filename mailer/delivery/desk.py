"""Staff send a letter, watch it leave, and read what became of it."""

import hashlib

from flask import g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from mailer.clock import now
from mailer.consent.modes import WORDS
from mailer.db import transaction
from mailer.delivery import (
    audience,
    campaigns,
    labels,
    measuring,
    pipeline,
    readership,
    reports,
    words,
)
from mailer.delivery.blueprint import bp
from mailer.delivery.campaigns import Order
from mailer.delivery.forms import SendForm
from mailer.delivery.models import Campaign
from mailer.delivery.states import MOVING, CampaignState
from mailer.errors import NotFound
from mailer.newsletters import queries as newsletters
from mailer.newsletters.models import Issue
from mailer.web.access import staff

bp.context_processor(lambda: {"labels": labels, "words": words})

LISTED = 50


@bp.get("/bureau/envois", endpoint="campaigns")
@staff("editor", "sender")
def index() -> ResponseReturnValue:
    found = reports.recent(LISTED)
    sent = {each.issue_id for each in found if each.state is not CampaignState.CANCELLED}
    approved = newsletters.approved()
    return render_template(
        "delivery/campaigns.html",
        campaigns=found,
        counts=reports.counts(campaign.id for campaign in found),
        letters={letter.id: letter for letter in approved},
        ready=[letter for letter in approved if letter.id not in sent],
    )


@bp.get("/bureau/lettres/<int:issue_id>/envoi")
@staff("sender")
def check(issue_id: int) -> ResponseReturnValue:
    letter = _approved(issue_id)
    run = campaigns.next_run(letter.id, letter.newsletter.list_id)
    return _check(letter, _offering(letter, SendForm(run=run))), 200


@bp.post("/bureau/lettres/<int:issue_id>/envoi")
@staff("sender")
def create(issue_id: int) -> ResponseReturnValue:
    letter = _approved(issue_id)
    form = _offering(letter, SendForm())
    if not form.validate():
        return _check(letter, form), 422
    list_id = letter.newsletter.list_id
    order = Order(issue_id, list_id, form.run.data, form.starts_at, g.account.id, form.mode)
    with transaction():
        if not form.again.data and campaigns.repeats(issue_id, list_id, order.run):
            form.ask_again()
            return _check(letter, form), 422
        campaign_id = campaigns.schedule(order, now()).id
    return _to(campaign_id)


@bp.get("/bureau/envois/<int:campaign_id>")
@staff("editor", "sender")
def campaign(campaign_id: int) -> ResponseReturnValue:
    found = campaigns.by_id(campaign_id)
    return render_template(
        "delivery/campaign.html",
        letter=newsletters.issue(found.issue_id),
        departures=reports.departures(found.id),
        readership=readership.of(found),
        mode_words=WORDS,
        **_standing(found),
    )


@bp.get("/bureau/envois/<int:campaign_id>/avancement")
@staff("editor", "sender")
def progress(campaign_id: int) -> ResponseReturnValue:
    """The part of the page that moves; the whole page again once the campaign is over."""
    found = campaigns.by_id(campaign_id)
    page = render_template("delivery/progress.html", **_standing(found))
    answer = make_response(page)
    answer.headers["Cache-Control"] = "private, no-cache"
    if request.args.get("etat") != found.state:
        answer.headers["HX-Refresh"] = "true"
    answer.set_etag(hashlib.sha256(page.encode()).hexdigest()[:32])
    return answer.make_conditional(request)


@bp.post("/bureau/envois/<int:campaign_id>/annulation")
@staff("sender")
def cancel(campaign_id: int) -> ResponseReturnValue:
    with transaction():
        campaigns.cancel(campaign_id, g.account.actor, now())
    return _to(campaign_id)


@bp.post("/bureau/envois/<int:campaign_id>/arret")
@staff("sender")
def stop(campaign_id: int) -> ResponseReturnValue:
    with transaction():
        pipeline.stop(campaign_id, g.account.actor, now())
    return _to(campaign_id)


@bp.post("/bureau/envois/<int:campaign_id>/reprise")
@staff("sender")
def retry(campaign_id: int) -> ResponseReturnValue:
    with transaction():
        campaigns.retry(campaign_id, g.account.actor, now())
    return _to(campaign_id)


def _to(campaign_id: int) -> Response:
    return redirect(url_for("delivery.campaign", campaign_id=campaign_id), 303)


def _approved(issue_id: int) -> Issue:
    letter = newsletters.issue(issue_id)
    if letter.is_draft:
        raise NotFound("approved letter")
    return letter


def _offering(letter: Issue, form: SendForm) -> SendForm:
    return form.offering(measuring.most_for(letter.newsletter.mailing_list))


def _check(letter: Issue, form: SendForm) -> str:
    newsletter = letter.newsletter
    return render_template(
        "delivery/check.html",
        letter=letter,
        list=newsletter.mailing_list,
        size=audience.size(newsletter.list_id, now()),
        is_again=campaigns.repeats(letter.id, newsletter.list_id, form.run.data or 1),
        form=form,
        now=now(),
    )


def _standing(found: Campaign) -> dict[str, object]:
    """Where the campaign stands, for its page and for the part of it that moves."""
    counted = reports.counts([found.id])[found.id]
    elapsed = now() - (found.started_at or now())
    return {
        "campaign": found,
        "counts": counted,
        "left": reports.time_left(counted, elapsed),
        "next_attempt": reports.next_attempt(found.id),
        "is_moving": found.state in MOVING,
    }
