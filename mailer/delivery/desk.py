"""Staff see what was sent and what is ready, and send a letter."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mailer import rulebook
from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import (
    approval,
    audience,
    campaigns,
    corrections,
    elections,
    holding,
    labels,
    measuring,
    ready,
    reports,
    similar,
    subject_words,
    words,
)
from mailer.delivery.audience import Size
from mailer.delivery.blueprint import bp
from mailer.delivery.campaigns import Order
from mailer.delivery.corrections import Corrected
from mailer.delivery.forms import SendForm
from mailer.delivery.similar import Twin, Wish
from mailer.errors import Conflict, NotFound
from mailer.newsletters import approving, digest_queries
from mailer.newsletters import queries as newsletters
from mailer.newsletters.approving import Unseen
from mailer.newsletters.models import Issue
from mailer.subscriptions.segments import queries as segments
from mailer.subscriptions.segments.predicate import Node
from mailer.web.access import staff
from mailer.web.bounds import row_key

bp.context_processor(lambda: {"labels": labels, "words": words, "subject_words": subject_words})


@bp.get("/bureau/envois", endpoint="campaigns")
@staff("editor", "sender", "approver")
def index() -> ResponseReturnValue:
    page = reports.page(request.args.get("avant", type=row_key))
    return render_template(
        "delivery/campaigns.html",
        page=page,
        counts=reports.counts(campaign.id for campaign in page.rows),
        subjects=newsletters.subjects(each.issue_id for each in page.rows),
        ready=ready.page(request.args.get("pretes", type=row_key)),
    )


@bp.get("/bureau/lettres/<int:issue_id>/envoi")
@staff("sender")
def check(issue_id: int) -> ResponseReturnValue:
    letter = _approved(issue_id)
    if closed := _closed(letter):
        return closed
    run = campaigns.next_run(letter.id, letter.newsletter.list_id)
    asked = request.args.get("corrige", type=row_key)
    segment = None if asked else request.args.get("segment", type=row_key)
    form = SendForm(run=run, corrects=asked, segment=segment)
    return _check(letter, _offering(letter, form)), 200


@bp.post("/bureau/lettres/<int:issue_id>/envoi")
@staff("sender")
def create(issue_id: int) -> ResponseReturnValue:
    letter = _approved(issue_id)
    return _closed(letter) or _create(letter)


def _create(letter: Issue) -> ResponseReturnValue:
    form = _offering(letter, SendForm())
    if not form.validate() or _is_unapproved(letter, form):
        return _check(letter, form), 422
    if said := _unseen(letter, form):
        flash(said, "warn")
        return _to_check(letter.id)
    if not form.was_counted(form.narrowing()):
        flash(_("Le segment a changé depuis que vous l’avez relu. Relisez-le ici."), "warn")
        return _to_check(letter.id, segment=form.segment.data)
    if not form.second.data and elections.on(form.departs_on):
        form.ask_to_look_again()
        return _check(letter, form), 422
    order = _order(letter, form)
    with transaction():
        if not form.again.data and _is_repetition(letter, form):
            form.ask_again()
            return _check(letter, form), 422
        campaign_id = campaigns.schedule(order, now()).id
    if form.is_twice:
        flash(_("Cette heure sonne deux fois ce jour-là : la lettre part à la première."))
    return _to(campaign_id)


def _unseen(letter: Issue, form: SendForm) -> str:
    """Why what is sent is not what the page showed; empty when it is."""
    current, said = approving.verified(letter).content_hash, ""
    try:
        approving.check_seen(form.content.data or "", current)
    except Unseen:
        said = _(
            "La demande ne dit pas quelle lettre a été relue : rien ne part. Relisez-la ici, puis"
            " envoyez-la par le bouton de cette page."
        )
    except Conflict:
        said = _("La lettre a changé depuis que vous l’avez relue. Relisez-la ici.")
    return said


def _to(campaign_id: int) -> Response:
    return redirect(url_for("delivery.campaign", campaign_id=campaign_id), 303)


def _approved(issue_id: int) -> Issue:
    letter = newsletters.issue(issue_id)
    if letter.is_draft:
        raise NotFound("approved letter")
    return letter


def _closed(letter: Issue) -> Response | None:
    """Back to the campaigns, with the reason, when the letter's list is closed."""
    row = letter.newsletter.mailing_list
    if row.closed_at is None:
        return None
    flash(
        _(
            "La liste « %(name)s » est fermée : rien ne peut y partir. Faites-la rouvrir, ou"
            " copiez la lettre pour une autre liste.",
            name=row.name,
        ),
        "warn",
    )
    return redirect(url_for("delivery.campaigns"), 303)


def _offering(letter: Issue, form: SendForm) -> SendForm:
    offered = form.offering(measuring.most_for(letter.newsletter.mailing_list))
    return offered.trying(letter.subject, _size(letter, form).people)


def _size(letter: Issue, form: SendForm) -> Size:
    list_id, corrected = letter.newsletter.list_id, _corrected(letter, form)
    if corrected is not None:
        return corrections.size(list_id, corrected.campaign_id, now())
    readers = digest_queries.readership(letter.id)
    return audience.size(list_id, now(), readers, _where(form))


def _where(form: SendForm) -> Node | None:
    narrowing = form.narrowing()
    return narrowing.where if narrowing else None


def _corrected(letter: Issue, form: SendForm) -> Corrected | None:
    """The campaign that was chosen to be corrected; raises NotFound for one that is not offered."""
    if form.corrects.data is None:
        return None
    offered = corrections.offered(letter.newsletter.list_id, letter.id, now())
    found = next((each for each in offered if each.campaign_id == form.corrects.data), None)
    if found is None:
        raise NotFound("campaign to correct")
    return found


def _order(letter: Issue, form: SendForm) -> Order:
    return Order(
        issue_id=letter.id,
        list_id=letter.newsletter.list_id,
        run=form.run.data,
        starts_at=form.starts_at,
        account_id=g.account.id,
        tracking=form.mode,
        utm=form.links_told,
        plan=form.plan,
        corrects=form.corrects.data,
        segment=None if form.corrects.data else form.narrowing(),
    )


def _to_check(issue_id: int, segment: int | None = None) -> Response:
    return redirect(url_for("delivery.check", issue_id=issue_id, segment=segment), 303)


def _is_unapproved(letter: Issue, form: SendForm) -> bool:
    """Whether so many get it by now that somebody else has to approve the letter."""
    return approval.wants_another(letter, letter.newsletter.list_id, now(), _where(form))


def _check(letter: Issue, form: SendForm) -> str:
    newsletter = letter.newsletter
    size = _size(letter, form)
    return render_template(
        "delivery/check.html",
        letter=letter,
        list=newsletter.mailing_list,
        size=size,
        content_hash=approving.verified(letter).content_hash,
        wants_another=_is_unapproved(letter, form),
        segments=segments.all_segments(),
        narrowing=form.narrowing(),
        periods=elections.on(form.departs_on),
        election_source=rulebook.load().citations["elections"].source,
        corrected=_corrected(letter, form),
        corrections=corrections.offered(newsletter.list_id, letter.id, now()),
        calm_until=holding.quiet_until(form.plausible_start),
        lasts=reports.forecast(size.people),
        is_again=campaigns.repeats(letter.id, newsletter.list_id, form.run.data or 1),
        twins=_twins(letter, form),
        form=form,
        now=now(),
    )


def _is_repetition(letter: Issue, form: SendForm) -> bool:
    list_id = letter.newsletter.list_id
    has_left = campaigns.repeats(letter.id, list_id, form.run.data or 1)
    return has_left or bool(_twins(letter, form))


def _twins(letter: Issue, form: SendForm) -> Sequence[Twin]:
    """What of the same content leaves, or has left, on the day that the form says."""
    run, list_id = form.run.data or 1, letter.newsletter.list_id
    return similar.twins(Wish(letter.id, list_id, run, form.departs_on, _where(form)), now())
