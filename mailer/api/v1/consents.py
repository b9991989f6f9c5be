"""What people agreed to, event by event, as the ledger has it; it is only read."""

from typing import Any

from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields
from sqlalchemy import select

from mailer.accounts.keys.scopes import Scope
from mailer.api import paging
from mailer.api.fields import PERSONAL, Instant, parameter, shown_choice
from mailer.api.paging import Asked, Found
from mailer.api.resource import Resource, Says
from mailer.audit.looks import Why
from mailer.consent.models import ConsentEvent
from mailer.consent.queries import restricted
from mailer.subscriptions.models import MailingList, Subscriber
from mailer.web.bounds import LARGEST_KEY

bp = Resource("consents", __name__, _("Preuves d’accord"))


class Consent(Schema):
    """One event; the address and the network stay sealed."""

    id = fields.Integer(required=True)
    fingerprint = fields.String(required=True, metadata=PERSONAL)
    purpose = fields.String(required=True)
    kind = shown_choice()
    method = shown_choice()
    basis = fields.String(required=True)
    locale = fields.String(required=True)
    occurred_at = Instant(required=True)
    notice_sha256 = fields.String(allow_none=True, required=True)
    form_sha256 = fields.String(allow_none=True, required=True)


class Filter(Asked):
    """Of one person, or for one list."""

    subscriber_id = parameter(1, LARGEST_KEY)
    list_id = parameter(1, LARGEST_KEY)


@bp.lists(
    "/consents",
    Says(_("Ce à quoi chacun a consenti, et quand"), Scope.CONSENTS_READ, Why.PROOF),
    Consent,
    Filter,
)
def consents(asked: dict[str, Any]) -> Found:
    wanted = select(ConsentEvent).where(~restricted(ConsentEvent.fingerprint))
    if "subscriber_id" in asked:
        theirs = select(Subscriber.fingerprint).where(Subscriber.id == asked["subscriber_id"])
        wanted = wanted.where(ConsentEvent.fingerprint == theirs.scalar_subquery())
    if "list_id" in asked:
        slug = select("list:" + MailingList.slug).where(MailingList.id == asked["list_id"])
        wanted = wanted.where(ConsentEvent.purpose == slug.scalar_subquery())
    return paging.page(wanted, ConsentEvent.id, asked)
