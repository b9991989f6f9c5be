"""Requests on personal data: for the officer's programs alone."""

from typing import Any

from flask import current_app, g
from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields, validate
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from mailer.accounts.keys.scopes import Scope
from mailer.api import paging
from mailer.api.fields import (
    PERSONAL,
    Instant,
    Strict,
    choice,
    language,
    line,
    prose,
    shown_choice,
)
from mailer.api.paging import Asked, Found
from mailer.api.resource import Resource, Says
from mailer.api.v1.subscribers import parsed
from mailer.api.words import refused
from mailer.audit.looks import Why, seen
from mailer.clock import now, paris_day
from mailer.consent.subjects import fingerprint_of
from mailer.errors import Invalid
from mailer.rights import operations, queries
from mailer.rights.kinds import NEEDS_MESSAGE, Right
from mailer.rights.models import Channel, RightsRequest
from mailer.rights.operations import Intake
from mailer.rights.states import State

bp = Resource("requests", __name__, _("Demandes de droits"))


class RequestShown(Schema):
    """One case: who asked for which rights, since when, until when."""

    id = fields.Integer(required=True)
    reference = fields.String(required=True)
    state = shown_choice()
    channel = shown_choice()
    address = fields.String(required=True, metadata=PERSONAL)
    verbatim = fields.String(required=True, metadata=PERSONAL)
    language = fields.String(required=True)
    rights = fields.Function(
        lambda case: [right.value for right in case.rights],
        metadata={"type": "array", "items": {"type": "string"}},
        required=True,
    )
    received_on = fields.Date(required=True)
    due = fields.Date(required=True)
    closed_at = Instant(allow_none=True, required=True)


class Opened(Schema):
    """That the case is open, under which reference, and until when it is to be answered."""

    id = fields.Integer(required=True)
    reference = fields.String(required=True)
    state = shown_choice()
    due = fields.Date(required=True)


class Received(Strict):
    """What somebody asked, and when it reached you: the clock runs since."""

    address = line(254, required=True)
    rights = fields.List(
        choice(Right), required=True, validate=validate.Length(1, len(Right), error="length")
    )
    verbatim = prose(load_default="")
    received_on = fields.Date(load_default=None, allow_none=True)
    channel = choice(Channel, load_default=Channel.FORM)
    language = language()


class Filter(Asked):
    """In one state."""

    state = choice(State)


@bp.lists(
    "/requests",
    Says(_("Toutes les demandes"), Scope.REQUESTS_READ, Why.RIGHTS),
    RequestShown,
    Filter,
)
def requests(asked: dict[str, Any]) -> Found:
    wanted = select(RightsRequest).options(selectinload(RightsRequest.lines))
    if "state" in asked:
        wanted = wanted.where(RightsRequest.state == asked["state"])
    return paging.page(wanted, RightsRequest.id, asked)


@bp.shows(
    "/requests/<int:request_id>",
    Says(_("Une demande"), Scope.REQUESTS_READ, Why.RIGHTS),
    RequestShown,
)
def case(request_id: int) -> RightsRequest:
    found = queries.by_id(request_id)
    seen("read", operations.subject(found))
    return found


@bp.creates(
    "/requests",
    Says(_("Enregistrer une demande"), Scope.REQUESTS_WRITE),
    Received,
    Opened,
)
def receive(given: dict[str, Any]) -> RightsRequest:
    address, at = parsed(given["address"], "#/address"), now()
    if NEEDS_MESSAGE.intersection(given["rights"]) and not given["verbatim"].strip():
        raise refused("required", pointer="#/verbatim")
    intake = Intake(
        address=address,
        fingerprint=fingerprint_of(address),
        rights=tuple(dict.fromkeys(given["rights"])),
        verbatim=given["verbatim"],
        channel=given["channel"],
        received_on=given["received_on"] or paris_day(at),
        language=given["language"],
        calendar=current_app.config["HOLIDAY_CALENDAR"],
    )
    try:
        return operations.receive(intake, g.key.actor, at)
    except Invalid:
        raise refused("future", pointer="#/received_on") from None
