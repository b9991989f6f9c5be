"""Which programs are told of what happens here, and what became of each telling."""

from typing import Any

from flask import g
from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, validate

from mailer import outgoing
from mailer.accounts.keys.scopes import Scope
from mailer.api import paging
from mailer.api.fields import Instant, Strict, Whole, link, shown_choice
from mailer.api.paging import Asked, Found
from mailer.api.resource import Resource, Says
from mailer.clock import now
from mailer.events import Kind
from mailer.outgoing import Reason
from mailer.webhooks import operations, queries, signing
from mailer.webhooks.models import Endpoint, Telling
from mailer.webhooks.operations import EndpointData

bp = Resource("webhooks", __name__, _("Webhooks"))

LONGEST = 500
FAULTS = {
    Reason.BAD_ADDRESS: "link",
    Reason.REFUSED_ADDRESS: "inside",
    Reason.REFUSED_PORT: "port",
}
OFFERED = [kind.value for kind in Kind if kind is not Kind.TEST]


class Webhook(Schema):
    """An endpoint; its secret is never shown again."""

    id = fields.Integer(required=True)
    url = fields.String(required=True)
    kinds = fields.List(fields.String(), attribute="listens_to", required=True)
    created_at = Instant(required=True)
    disabled_at = Instant(allow_none=True, required=True)
    failing_since = Instant(allow_none=True, required=True)


class Delivery(Schema):
    """What became of one telling."""

    id = fields.Integer(required=True)
    webhook_id = fields.Integer(attribute="endpoint_id", required=True)
    message_id = fields.String(attribute="event.uid", required=True)
    type = fields.String(attribute="event.kind", required=True)
    state = shown_choice()
    attempts = fields.Integer(required=True)
    next_at = Instant(allow_none=True, required=True)
    tried_at = Instant(allow_none=True, required=True)
    status = fields.Integer(allow_none=True, required=True)
    failure = fields.String(allow_none=True, required=True)


def _secret(text: str) -> None:
    if not signing.is_secret(text):
        raise ValidationError("secret")


def _askable(url: str) -> None:
    reason = outgoing.refusal(url, outgoing.configured())
    if reason is not None:
        raise ValidationError(FAULTS[reason])


class WebhookTaken(Strict):
    """Where to tell, of what, and the secret that you made for it (whsec_ and base64)."""

    url = link(LONGEST, _askable, required=True)
    kinds = fields.List(
        fields.String(validate=validate.OneOf(OFFERED, error="choice")), load_default=list
    )
    secret = fields.String(
        required=True,
        validate=[Whole(r"^whsec_[A-Za-z0-9+/]{32,86}={0,2}$", error="secret"), _secret],
    )


class WebhookChanged(Strict):
    """What of it changes; a secret changes at the desk, where the new one is shown."""

    url = link(LONGEST, _askable)
    kinds = fields.List(fields.String(validate=validate.OneOf(OFFERED, error="choice")))


def _held(webhook_id: int) -> Endpoint:
    return queries.held(webhook_id)


@bp.lists("/webhooks", Says(_("Tous les webhooks"), Scope.WEBHOOKS_READ), Webhook)
def webhooks(asked: dict[str, Any]) -> Found:
    return paging.page(queries.all_of_them(), Endpoint.id, asked)


@bp.shows("/webhooks/<int:webhook_id>", Says(_("Un webhook"), Scope.WEBHOOKS_READ), Webhook)
def webhook(webhook_id: int) -> Endpoint:
    return queries.endpoint(webhook_id)


@bp.creates("/webhooks", Says(_("Ajouter un webhook"), Scope.WEBHOOKS_WRITE), WebhookTaken, Webhook)
def add(given: dict[str, Any]) -> Endpoint:
    data = EndpointData(given["url"], given["kinds"])
    return operations.add(data, given["secret"], g.key.actor, now())


@bp.changes(
    "/webhooks/<int:webhook_id>",
    Says(_("Modifier un webhook"), Scope.WEBHOOKS_WRITE),
    WebhookChanged,
    Webhook,
    of=_held,
)
def change(given: dict[str, Any], row: Endpoint) -> Endpoint:
    said = {"url": row.url, "kinds": row.listens_to} | given
    operations.change(row, EndpointData(said["url"], said["kinds"]), g.key.actor)
    return row


@bp.removes(
    "/webhooks/<int:webhook_id>",
    Says(_("Retirer un webhook"), Scope.WEBHOOKS_WRITE),
    Webhook,
    of=_held,
)
def remove(row: Endpoint) -> None:
    operations.remove(row, g.key.actor)


@bp.acts(
    "/webhooks/<int:webhook_id>/test",
    Says(_("Essayer un webhook"), Scope.WEBHOOKS_WRITE),
    Delivery,
)
def test(webhook_id: int) -> Telling:
    return operations.test(webhook_id, g.key.actor, now())


@bp.lists(
    "/webhook-deliveries",
    Says(_("Ce qui a été dit aux webhooks"), Scope.WEBHOOKS_READ),
    Delivery,
    Asked,
)
def deliveries(asked: dict[str, Any]) -> Found:
    return paging.page(queries.all_tellings(), Telling.id, asked)


@bp.acts(
    "/webhook-deliveries/<int:delivery_id>/resend",
    Says(_("Renvoyer ce qui a été dit à un webhook"), Scope.WEBHOOKS_WRITE),
    Delivery,
)
def resend(delivery_id: int) -> Telling:
    return operations.resend(delivery_id, g.key.actor, now())
