"""What one can receive."""

import json
from dataclasses import fields as parts_of
from typing import Any

from flask import g
from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields, validate
from sqlalchemy import select

from mailer.accounts.keys.scopes import Scope
from mailer.api import paging
from mailer.api.fields import Strict, Whole, choice, flag, line, shown_choice
from mailer.api.paging import Found
from mailer.api.resource import Resource, Says
from mailer.consent.bases import OF_A_LIST, LawfulBasis
from mailer.subscriptions import by_program, operations, queries
from mailer.subscriptions.lists import Archive, ListData
from mailer.subscriptions.models import MailingList
from mailer.web.language import LANGUAGES

bp = Resource("lists", __name__, _("Listes"))

# What can stand in the text of a segment, and tells of nobody.
ONE_WORD = Whole(r"""^[^«»“”"()@=]*$""", error="character")


def _word(**more: Any) -> fields.String:
    return fields.String(validate=[validate.Length(0, 40, error="length"), ONE_WORD], **more)


class List(Schema):
    """A list, as the sign-up form and the notice say it."""

    id = fields.Integer(required=True)
    slug = fields.String(required=True)
    name = fields.String(required=True)
    description = fields.String(required=True)
    frequency = fields.String(required=True)
    aim = fields.String(required=True)
    basis = shown_choice()
    tracking = shown_choice()
    archive = shown_choice()
    asks_age = fields.Boolean(required=True)
    topic = fields.String(required=True)
    territory = fields.String(required=True)


class FormShown(Schema):
    """What a page that asks for the list shows; `notice` is the short one, as Markdown."""

    language = fields.String(required=True, attribute="locale")
    form_sha256 = fields.String(required=True, attribute="digest")
    content = fields.Function(
        lambda form: json.loads(form.content), metadata={"type": "object"}, required=True
    )
    notice = fields.String(required=True, attribute="short.body")


class Forms(Schema):
    """The form of a list, in each language."""

    list_id = fields.Integer(required=True)
    forms = fields.List(fields.Nested(FormShown), required=True)


class ListTaken(Strict):
    """A new list."""

    name = line(80, required=True)
    description = line(200, required=True)
    frequency = line(80, required=True)
    aim = line(200, required=True)
    basis = fields.String(
        load_default=LawfulBasis.CONSENT.value,
        validate=validate.OneOf([each.value for each in OF_A_LIST], error="choice"),
    )
    archive = choice(Archive, load_default=Archive.NONE)
    asks_age = flag()
    topic = _word(load_default="")
    territory = _word(load_default="")


class ListChanged(ListTaken):
    """What of a list changes; what is not sent stays."""


@bp.lists("/lists", Says(_("Toutes les listes"), Scope.LISTS_READ), List)
def lists(asked: dict[str, Any]) -> Found:
    return paging.page(select(MailingList), MailingList.id, asked)


@bp.shows("/lists/<int:list_id>", Says(_("Une liste"), Scope.LISTS_READ), List)
def mailing_list(list_id: int) -> MailingList:
    return queries.mailing_list(list_id)


@bp.shows(
    "/lists/<int:list_id>/form",
    Says(_("Le formulaire d’une liste, mot pour mot"), Scope.LISTS_READ),
    Forms,
)
def form(list_id: int) -> dict[str, Any]:
    row = queries.mailing_list(list_id)
    shown = [by_program.form_of(row, language) for language in LANGUAGES]
    return {"list_id": row.id, "forms": shown}


@bp.creates("/lists", Says(_("Créer une liste"), Scope.LISTS_WRITE), ListTaken, List)
def create(given: dict[str, Any]) -> MailingList:
    return operations.create_list(_data(given), g.key.actor)


@bp.changes(
    "/lists/<int:list_id>",
    Says(_("Modifier une liste"), Scope.LISTS_WRITE),
    ListChanged(partial=True),
    List,
    of=queries.held_list,
)
def change(given: dict[str, Any], row: MailingList) -> MailingList:
    before = {part.name: getattr(row, part.name) for part in parts_of(ListData)}
    operations.change_list(row.id, _data(before | given), g.key.actor)
    return row


def _data(said: dict[str, Any]) -> ListData:
    texts = {name: said[name].strip() for name in ("name", "description", "frequency", "aim")}
    return ListData(**said | texts | {"basis": LawfulBasis(said["basis"])})
