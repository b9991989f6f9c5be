"""An approved letter for one person: with their consent, or under a contract; never else."""

from typing import Any

from flask import g
from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields, validates_schema

from mailer.accounts.keys.scopes import Scope
from mailer.api.fields import Strict, choice, line, number, prose
from mailer.api.references import named
from mailer.api.resource import Resource, Says
from mailer.api.v1.campaigns import NOT_APPROVED
from mailer.api.v1.subscribers import parsed
from mailer.clock import now
from mailer.errors import Conflict
from mailer.newsletters import queries, single
from mailer.newsletters.single import Basis, NoConsent, Unreachable
from mailer.web.problems import Kind, Problem

bp = Resource("messages", __name__, _("Courriels à une personne"))

NO_BASIS = Kind(
    409,
    "no-lawful-basis",
    _(
        "Cette personne ne reçoit pas la liste de cette lettre\u00a0: sans son accord, ou un"
        " contrat que vous nommez, rien ne lui est envoyé"
    ),
)
UNREACHABLE = Kind(409, "address-suppressed", _("Plus rien ne part vers cette adresse"))


class Queued(Schema):
    """That the mail waits for its turn."""

    id = fields.Integer(required=True)
    letter_id = fields.Integer(required=True)
    basis = fields.String(required=True)


class Wanted(Strict):
    """Which letter, to whom, on what ground; a contract is named, and the mail says which."""

    letter_id = number(required=True)
    address = line(254, required=True)
    basis = choice(Basis, required=True)
    contract = prose(80, load_default="")

    @validates_schema
    def name_the_contract(self, given: dict[str, Any], **_more: Any) -> None:
        if given.get("basis") is Basis.CONTRACT and not given.get("contract", "").strip():
            raise ValidationError("required", "contract")


@bp.sends(
    "/messages",
    Says(_("Envoyer une lettre approuvée à une seule personne"), Scope.MESSAGES_SEND),
    Wanted,
    Queued,
)
def send(given: dict[str, Any]) -> dict[str, Any]:
    address = parsed(given["address"], "#/address")
    letter = named(queries.issue, given["letter_id"], "#/letter_id")
    try:
        if given["basis"] is Basis.CONSENT:
            sent = single.by_consent(letter, address, g.key.actor, now())
        else:
            reference = " ".join(given["contract"].split())
            sent = single.by_contract(letter, address, reference, g.key.actor)
    except NoConsent:
        raise Problem(NO_BASIS) from None
    except Unreachable:
        raise Problem(UNREACHABLE) from None
    except Conflict:
        raise Problem(NOT_APPROVED) from None
    return {"id": sent.id, "letter_id": letter.id, "basis": given["basis"].value}
