"""Addresses never to be written to, by fingerprint alone; only staff lift what may be lifted."""

from typing import Any

from flask import g
from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields
from sqlalchemy import select

from mailer.accounts.keys.scopes import Scope
from mailer.api import paging
from mailer.api.fields import PERSONAL, Instant, Strict, line, shown_choice
from mailer.api.paging import Found
from mailer.api.resource import Resource, Says
from mailer.api.v1.subscribers import parsed
from mailer.audit.looks import Why, seen
from mailer.clock import now
from mailer.consent.models import Suppression
from mailer.db import db
from mailer.errors import NotFound
from mailer.subscriptions import objecting

bp = Resource("suppressions", __name__, _("Liste d’opposition"))


class SuppressionShown(Schema):
    """One address that is not written to, and why."""

    id = fields.Integer(required=True)
    fingerprint = fields.String(required=True, metadata=PERSONAL)
    reason = shown_choice()
    since = Instant(required=True)


class Noted(Schema):
    """That it is noted, and since when."""

    id = fields.Integer(required=True)
    reason = shown_choice()
    since = Instant(required=True)


class Objection(Strict):
    """Who objected, elsewhere, to being written to."""

    address = line(254, required=True)


@bp.lists(
    "/suppressions",
    Says(_("Toute la liste d’opposition"), Scope.SUPPRESSIONS_READ, Why.LISTS),
    SuppressionShown,
)
def suppressions(asked: dict[str, Any]) -> Found:
    return paging.page(select(Suppression), Suppression.id, asked)


@bp.shows(
    "/suppressions/<int:suppression_id>",
    Says(_("Une adresse à laquelle on n’écrit plus"), Scope.SUPPRESSIONS_READ, Why.LISTS),
    SuppressionShown,
)
def suppression(suppression_id: int) -> Suppression:
    found = db.session.get(Suppression, suppression_id)
    if found is None:
        raise NotFound("suppression")
    seen("read", f"suppression:{suppression_id}")
    return found


@bp.creates(
    "/suppressions",
    Says(_("Ne plus jamais écrire à une adresse"), Scope.SUPPRESSIONS_WRITE),
    Objection,
    Noted,
)
def note(given: dict[str, Any]) -> Suppression:
    address = parsed(given["address"], "#/address")
    return objecting.note(address, g.key.actor, now())
