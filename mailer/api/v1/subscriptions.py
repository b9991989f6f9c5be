"""Who receives which list. Nobody is let in without the yes of their mailbox, or its proof."""

from typing import Any

from flask import g
from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields, validate
from sqlalchemy import Select, select

from mailer.accounts.keys.scopes import Scope
from mailer.api import paging
from mailer.api.fields import (
    Instant,
    Strict,
    Whole,
    choice,
    language,
    line,
    number,
    parameter,
    shown_choice,
)
from mailer.api.paging import Asked, Found
from mailer.api.references import named
from mailer.api.resource import Resource, Says
from mailer.api.v1.subscribers import parsed
from mailer.api.words import refused
from mailer.audit.looks import Why, seen
from mailer.audit.operations import record
from mailer.clock import now, paris_day
from mailer.consent.evidence import Method
from mailer.consent.queries import restricted
from mailer.db import db
from mailer.errors import Invalid, NotFound
from mailer.subscriptions import by_program, operations, queries
from mailer.subscriptions.by_program import FormChanged
from mailer.subscriptions.imports import single
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.imports.single import Proven
from mailer.subscriptions.imports.stages import Outcome
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.states import State
from mailer.web.bounds import LARGEST_KEY
from mailer.web.problems import Kind, Problem

bp = Resource("subscriptions", __name__, _("Inscriptions"))

FORM_CHANGED = Kind(409, "form-changed", _("Le formulaire n’est plus celui que vous avez montré"))
NOT_WANTED = Kind(
    409,
    "left-or-objected",
    _("Cette personne est partie ou s’est opposée\u00a0: elle seule peut revenir"),
)
SHA256 = Whole(r"^[0-9a-f]{64}$", error="invalid")


class SubscriptionShown(Schema):
    """Where one person stands on one list; people by number alone."""

    id = fields.Integer(required=True)
    list_id = fields.Integer(required=True)
    subscriber_id = fields.Integer(required=True)
    state = shown_choice()
    requested_at = Instant(required=True)
    confirmed_at = Instant(allow_none=True, required=True)
    ended_at = Instant(allow_none=True, required=True)


class Filter(Asked):
    """Of one list, or in one state."""

    list_id = parameter(1, LARGEST_KEY)
    state = choice(State)


class Proof(Strict):
    """What an import of the same address would have to show: from where, when, under what text."""

    source = line(200, required=True)
    collected_on = fields.Date(required=True)
    notice_sha256 = fields.String(required=True, validate=SHA256)
    answerable = line(120, required=True)


class Asking(Strict):
    """A person, and the list that they asked for; with a proof, or their mailbox is asked."""

    address = line(254, required=True)
    list_id = number(required=True)
    language = language()
    # Of the form that was shown to them, as GET /lists/{list_id}/form gives it in that language.
    form_sha256 = fields.String(validate=SHA256, load_default="")
    proof = fields.Nested(Proof, load_default=None)


class Accepted(Schema):
    """The same words, whoever the mailbox belongs to; its number is the old one, if there was."""

    id = fields.Integer(required=True)
    list_id = fields.Integer(required=True)
    confirmation = fields.String(required=True, validate=validate.OneOf(("asked", "proven")))


@bp.lists(
    "/subscriptions",
    Says(_("Toutes les inscriptions"), Scope.SUBSCRIPTIONS_READ, Why.LISTS),
    SubscriptionShown,
    Filter,
)
def subscriptions(asked: dict[str, Any]) -> Found:
    wanted = _of_those_shown()
    if "list_id" in asked:
        wanted = wanted.where(Subscription.list_id == asked["list_id"])
    if "state" in asked:
        wanted = wanted.where(Subscription.state == asked["state"])
    return paging.page(wanted, Subscription.id, asked)


@bp.shows(
    "/subscriptions/<int:subscription_id>",
    Says(_("Une inscription"), Scope.SUBSCRIPTIONS_READ, Why.LISTS),
    SubscriptionShown,
)
def subscription(subscription_id: int) -> Subscription:
    found = _shown(subscription_id)
    seen("read", f"subscription:{subscription_id}")
    return found


@bp.creates(
    "/subscriptions",
    Says(
        _("Inscrire quelqu’un, qui confirme depuis sa boîte ou dont l’accord est prouvé"),
        Scope.SUBSCRIPTIONS_WRITE,
    ),
    Asking,
    Accepted,
)
def sign_up(given: dict[str, Any]) -> dict[str, Any]:
    address = parsed(given["address"], "#/address")
    row = named(queries.mailing_list, given["list_id"], "#/list_id")
    if given["proof"]:
        origin = Origin(**_past(given["proof"]))
        person = Proven(address, row.id, given["language"], origin)
        try:
            outcome = single.take(person, g.key.actor, now())
        except Invalid:
            raise refused("missing-reference", pointer="#/proof/notice_sha256") from None
        if outcome not in {Outcome.NEW, Outcome.KNOWN}:
            raise Problem(NOT_WANTED)
        return _accepted(queries.of_address(address)[row.id], "proven")
    try:
        line = by_program.ask(address, row, given["language"], given["form_sha256"], now())
    except FormChanged:
        raise Problem(FORM_CHANGED) from None
    record(g.key.actor, "sign-up", f"subscription:{line.id}")
    return _accepted(line, "asked")


@bp.acts(
    "/subscriptions/<int:subscription_id>/end",
    Says(_("Désinscrire quelqu’un qui l’a demandé"), Scope.SUBSCRIPTIONS_WRITE, Why.LISTS),
    SubscriptionShown,
)
def end(subscription_id: int) -> Subscription:
    line = _shown(subscription_id)
    operations.end(line.id, g.key.actor, now(), Method.API)
    record(g.key.actor, "end-as-asked", f"subscription:{line.id}")
    return queries.subscription(line.id)


def _of_those_shown() -> Select[Any]:
    """The subscriptions of everybody who may be shown (GDPR art. 18(2))."""
    wanted = select(Subscription).join(Subscriber, Subscriber.id == Subscription.subscriber_id)
    return wanted.where(~restricted(Subscriber.fingerprint))


def _shown(subscription_id: int) -> Subscription:
    found: Subscription | None = db.session.scalar(
        _of_those_shown().where(Subscription.id == subscription_id)
    )
    if found is None:
        raise NotFound("subscription")
    return found


def _past(proof: dict[str, Any]) -> dict[str, Any]:
    if proof["collected_on"] > paris_day(now()):
        raise refused("future", pointer="#/proof/collected_on")
    return proof


def _accepted(line: Subscription, confirmation: str) -> dict[str, Any]:
    return {"id": line.id, "list_id": line.list_id, "confirmation": confirmation}
