"""The people on the lists; whoever's data are set aside is shown to nobody (GDPR art. 18(2))."""

from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from mailer import addresses
from mailer.accounts.keys.scopes import Scope
from mailer.api import paging
from mailer.api.fields import PERSONAL, Instant, Strict, line, shown_choice
from mailer.api.paging import Found
from mailer.api.resource import Resource, Says
from mailer.api.words import refused
from mailer.audit.looks import Why, seen
from mailer.consent.queries import restricted
from mailer.consent.subjects import fingerprint_of
from mailer.db import db
from mailer.errors import Invalid, NotFound
from mailer.subscriptions.models import Subscriber, Subscription

bp = Resource("subscribers", __name__, _("Personnes inscrites"))


class Line(Schema):
    """Where one person stands on one list."""

    id = fields.Integer(required=True)
    list_id = fields.Integer(required=True)
    state = shown_choice()
    frequency = shown_choice()


class SubscriberShown(Schema):
    """A person who asked for at least one list."""

    id = fields.Integer(required=True)
    address = fields.String(required=True, metadata=PERSONAL)
    language = fields.String(required=True)
    created_at = Instant(required=True)
    paused_until = Instant(allow_none=True, required=True)
    subscriptions = fields.List(fields.Nested(Line), required=True)


class Named(Strict):
    """Whose subscriptions are looked for; in a body, because an address stands in no URL."""

    address = line(254, required=True)


def shown() -> Select[Any]:
    """Everybody who may be shown, with their lists."""
    lines = selectinload(Subscriber.subscriptions).options(joinedload(Subscription.mailing_list))
    return select(Subscriber).where(~restricted(Subscriber.fingerprint)).options(lines)


def parsed(typed: str, pointer: str) -> addresses.Address:
    """The address; raises Problem for what is none."""
    try:
        return addresses.parse(typed)
    except Invalid:
        raise refused("address", pointer=pointer) from None


@bp.lists(
    "/subscribers",
    Says(_("Toutes les personnes inscrites"), Scope.SUBSCRIBERS_READ, Why.LISTS),
    SubscriberShown,
)
def subscribers(asked: dict[str, Any]) -> Found:
    return paging.page(shown(), Subscriber.id, asked)


@bp.shows(
    "/subscribers/<int:subscriber_id>",
    Says(_("Une personne inscrite"), Scope.SUBSCRIBERS_READ, Why.LISTS),
    SubscriberShown,
)
def subscriber(subscriber_id: int) -> Subscriber:
    found: Subscriber | None = db.session.scalar(shown().where(Subscriber.id == subscriber_id))
    if found is None:
        raise NotFound("subscriber")
    seen("read", f"subscriber:{subscriber_id}")
    return found


@bp.asks(
    "/subscribers/search",
    Says(_("Chercher une personne par son adresse"), Scope.SUBSCRIBERS_READ, Why.LISTS),
    Named,
    SubscriberShown,
)
def search(given: dict[str, Any]) -> Found:
    fingerprint = fingerprint_of(parsed(given["address"], "#/address"))
    found = db.session.scalars(shown().where(Subscriber.fingerprint == fingerprint)).all()
    for person in found:
        seen("read", f"subscriber:{person.id}")
    return Found(found, None)
