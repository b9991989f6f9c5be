"""Campaigns, under the approvals of the desk: what a person has to look at, a program confirms."""

from typing import Any

from flask import g
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields, validate
from sqlalchemy import select

from mailer.accounts.keys.scopes import Scope
from mailer.api import paging
from mailer.api.fields import Instant, Strict, flag, number, parameter, shown_choice
from mailer.api.paging import Asked, Found
from mailer.api.references import named
from mailer.api.resource import Resource, Says
from mailer.clock import now, paris_day
from mailer.delivery import approval, campaigns, elections, pipeline, reports, similar
from mailer.delivery.campaigns import Order
from mailer.delivery.models import Campaign
from mailer.delivery.similar import Wish
from mailer.errors import Conflict
from mailer.newsletters import approving
from mailer.newsletters import queries as newsletters
from mailer.newsletters.models import Issue
from mailer.subscriptions.segments import queries as segments
from mailer.subscriptions.segments.narrowing import Narrowing
from mailer.subscriptions.segments.writing import written
from mailer.web.bounds import LARGEST_KEY
from mailer.web.problems import Kind, Problem

bp = Resource("campaigns", __name__, _("Envois"))

NOT_APPROVED = Kind(409, "letter-not-approved", _("Seule une lettre approuvée peut partir"))
CHANGED = Kind(409, "letter-changed", _("La lettre n’est pas celle que content_hash désigne"))
SECOND_PERSON = Kind(
    409,
    "second-approval-missing",
    _("Pour autant de personnes, quelqu’un d’autre que son auteur doit approuver la lettre"),
)
ELECTION = Kind(
    409,
    "election-near",
    _("Une élection est proche\u00a0: relisez la lettre, puis envoyez election_checked"),
)
REPEATED = Kind(
    409,
    "already-sent",
    _("Des personnes recevraient deux fois ce contenu\u00a0: confirmez par repeat"),
)


class CampaignShown(Schema):
    """One letter to one list, and how many mails stand where."""

    id = fields.Integer(required=True)
    letter_id = fields.Integer(required=True, attribute="issue_id")
    list_id = fields.Integer(required=True)
    segment_id = fields.Integer(allow_none=True, required=True)
    run = fields.Integer(required=True)
    state = shown_choice()
    failure = fields.String(allow_none=True, required=True)
    created_at = Instant(required=True)
    starts_at = Instant(required=True)
    started_at = Instant(allow_none=True, required=True)
    ended_at = Instant(allow_none=True, required=True)


class CampaignCounted(CampaignShown):
    """The same with its counts."""

    counts = fields.Function(
        lambda row: {
            state.value: number
            for state, number in sorted(reports.counts([row.id])[row.id].states.items())
        },
        metadata={"type": "object", "additionalProperties": {"type": "integer"}},
        required=True,
    )


class Ordered(Strict):
    """Which letter, as it was read, and when; now without an hour."""

    letter_id = number(required=True)
    content_hash = fields.String(required=True, validate=validate.Length(1, 64, error="length"))
    starts_at = Instant(load_default=None, allow_none=True)
    segment_id = number(load_default=None, allow_none=True)
    repeat = flag()
    election_checked = flag()


class Filter(Asked):
    """Of one list or one letter."""

    list_id = parameter(1, LARGEST_KEY)
    letter_id = parameter(1, LARGEST_KEY)


@bp.lists("/campaigns", Says(_("Tous les envois"), Scope.CAMPAIGNS_READ), CampaignShown, Filter)
def index(asked: dict[str, Any]) -> Found:
    wanted = select(Campaign)
    if "list_id" in asked:
        wanted = wanted.where(Campaign.list_id == asked["list_id"])
    if "letter_id" in asked:
        wanted = wanted.where(Campaign.issue_id == asked["letter_id"])
    return paging.page(wanted, Campaign.id, asked)


@bp.shows(
    "/campaigns/<int:campaign_id>",
    Says(_("Un envoi et ses comptes"), Scope.CAMPAIGNS_READ),
    CampaignCounted,
)
def campaign(campaign_id: int) -> Campaign:
    return campaigns.by_id(campaign_id)


@bp.creates(
    "/campaigns",
    Says(_("Programmer l’envoi d’une lettre approuvée"), Scope.CAMPAIGNS_SEND),
    Ordered,
    CampaignShown,
)
def schedule(given: dict[str, Any]) -> Campaign:
    letter = _approved(given)
    order = _order(given, letter)
    _object(order, letter, given)
    return campaigns.schedule(order, now())


@bp.acts(
    "/campaigns/<int:campaign_id>/pause",
    Says(_("Mettre un envoi en pause"), Scope.CAMPAIGNS_SEND),
    CampaignShown,
)
def pause(campaign_id: int) -> Campaign:
    campaigns.pause(campaign_id, g.key.actor)
    return campaigns.by_id(campaign_id)


@bp.acts(
    "/campaigns/<int:campaign_id>/resume",
    Says(_("Reprendre un envoi en pause"), Scope.CAMPAIGNS_SEND),
    CampaignShown,
)
def resume(campaign_id: int) -> Campaign:
    campaigns.resume(campaign_id, g.key.actor)
    return campaigns.by_id(campaign_id)


@bp.acts(
    "/campaigns/<int:campaign_id>/stop",
    Says(_("Arrêter un envoi commencé"), Scope.CAMPAIGNS_SEND),
    CampaignShown,
)
def stop(campaign_id: int) -> Campaign:
    pipeline.stop(campaign_id, g.key.actor, now())
    return campaigns.by_id(campaign_id)


@bp.acts(
    "/campaigns/<int:campaign_id>/cancel",
    Says(_("Renoncer à un envoi avant son premier courriel"), Scope.CAMPAIGNS_SEND),
    CampaignShown,
)
def cancel(campaign_id: int) -> Campaign:
    pipeline.give_up(campaign_id, g.key.actor, now())
    return campaigns.by_id(campaign_id)


def _approved(given: dict[str, Any]) -> Issue:
    """The letter, which is to the character what was approved and what the program read."""
    letter = named(newsletters.issue, given["letter_id"], "#/letter_id")
    if letter.is_draft:
        raise Problem(NOT_APPROVED)
    try:
        approving.check_seen(given["content_hash"], approving.verified(letter).content_hash)
    except Conflict:
        raise Problem(CHANGED) from None
    return letter


def _order(given: dict[str, Any], letter: Issue) -> Order:
    list_id = letter.newsletter.list_id
    return Order(
        issue_id=letter.id,
        list_id=list_id,
        run=campaigns.next_run(letter.id, list_id),
        starts_at=given["starts_at"] or now(),
        account_id=g.key.account_id,
        segment=_narrowing(given["segment_id"]),
        given_by=g.key.actor,
    )


def _narrowing(segment_id: int | None) -> Narrowing | None:
    if segment_id is None:
        return None
    row = named(segments.segment, segment_id, "#/segment_id")
    text = written(row.where, segments.vocabulary(), str(get_locale()))
    return Narrowing(row.id, row.name, text, row.where)


def _object(order: Order, letter: Issue, given: dict[str, Any]) -> None:
    """Say what the page of the desk would ask a person to look at."""
    where = order.segment.where if order.segment else None
    if approval.wants_another(letter, order.list_id, now(), where):
        raise Problem(SECOND_PERSON)
    day = paris_day(order.starts_at)
    if not given["election_checked"] and elections.on(day):
        raise Problem(ELECTION)
    wish = Wish(order.issue_id, order.list_id, order.run, day, where)
    has_left = campaigns.repeats(order.issue_id, order.list_id, order.run)
    if not given["repeat"] and (has_left or similar.twins(wish, now())):
        raise Problem(REPEATED)
