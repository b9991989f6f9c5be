"""Letters: a program writes drafts. Approving one is for people, at the desk."""

from typing import Any

from flask import g
from flask_babel import lazy_gettext as _
from marshmallow import Schema, fields, validate
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mailer.accounts import queries as accounts
from mailer.accounts.keys.scopes import Scope
from mailer.api import paging
from mailer.api.fields import Instant, Strict, language, number, prose, shown_choice
from mailer.api.paging import Found
from mailer.api.references import named
from mailer.api.resource import Resource, Says
from mailer.api.words import refused
from mailer.articles import queries as articles
from mailer.clock import now
from mailer.newsletters import approving, operations, queries
from mailer.newsletters.blocks import LINE_CHARACTERS, BadBlock, parse
from mailer.newsletters.content import Draft
from mailer.newsletters.digest_models import Digest
from mailer.newsletters.models import Issue
from mailer.newsletters.snapshots import copied
from mailer.subscriptions import queries as subscriptions
from mailer.web.problems import Kind, Problem

bp = Resource("letters", __name__, _("Lettres"))

APPROVED = Kind(409, "letter-approved", _("Une lettre approuvée ne change plus"))
MOST_ARTICLES = 100


class Letter(Schema):
    """A letter; `content_hash` is what its approval is bound to, and empty for a draft."""

    id = fields.Integer(required=True)
    list_id = fields.Integer(required=True, attribute="newsletter.list_id")
    subject = fields.String(required=True)
    preheader = fields.String(required=True)
    language = fields.String(required=True)
    state = shown_choice()
    revision = fields.Integer(required=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    approved_at = Instant(allow_none=True, required=True)
    sent_at = Instant(allow_none=True, required=True)
    content_hash = fields.Function(
        lambda issue: issue.letter.content_hash if issue.letter else "",
        metadata={"type": "string"},
        required=True,
    )
    blocks = fields.Dict(required=True)


class LetterTaken(Strict):
    """A draft for a list, with copies of articles in that order."""

    list_id = number(required=True)
    language = language()
    article_ids = fields.List(
        number(), load_default=list, validate=validate.Length(0, MOST_ARTICLES, error="length")
    )


class LetterChanged(Strict):
    """What of a draft changes; blocks as docs/api.md describes them, all of them."""

    subject = prose(LINE_CHARACTERS)
    preheader = prose(LINE_CHARACTERS)
    blocks = fields.Dict()


def _held(letter_id: int) -> Issue:
    return queries.locked(letter_id)


@bp.lists("/letters", Says(_("Toutes les lettres"), Scope.LETTERS_READ), Letter)
def letters(asked: dict[str, Any]) -> Found:
    wanted = select(Issue).options(joinedload(Issue.newsletter), joinedload(Issue.letter))
    shown = (Issue.id.not_in(select(Digest.template_id)), Issue.trashed_at.is_(None))
    return paging.page(wanted.where(*shown), Issue.id, asked)


@bp.shows("/letters/<int:letter_id>", Says(_("Une lettre"), Scope.LETTERS_READ), Letter)
def letter(letter_id: int) -> Issue:
    return queries.issue(letter_id)


@bp.creates(
    "/letters",
    Says(_("Écrire un brouillon à partir d’articles"), Scope.LETTERS_WRITE),
    LetterTaken,
    Letter,
)
def draft(given: dict[str, Any]) -> Issue:
    row = named(subscriptions.mailing_list, given["list_id"], "#/list_id")
    chosen = [
        copied(named(articles.article, each, f"#/article_ids/{place}"))
        for place, each in enumerate(given["article_ids"])
    ]
    series = operations.series_of(row)
    made = operations.draft_issue(series, chosen, given["language"], now(), g.key.actor)
    approving.answers_for(made, accounts.actor_of(g.key.account_id), now())
    return made


@bp.changes(
    "/letters/<int:letter_id>",
    Says(_("Modifier un brouillon"), Scope.LETTERS_WRITE),
    LetterChanged,
    Letter,
    of=_held,
)
def change(given: dict[str, Any], row: Issue) -> Issue:
    if not row.is_draft:
        raise Problem(APPROVED)
    known = {"subject": row.subject, "preheader": row.preheader, "blocks": row.blocks}
    said = known | given
    try:
        blocks = parse(said["blocks"])
    except BadBlock as bad:
        raise refused("invalid", pointer=_pointer(bad, said["blocks"])) from None
    wanted = Draft(said["subject"], said["preheader"], blocks)
    operations.save(row, wanted, row.revision, now(), g.key.actor)
    approving.answers_for(row, accounts.actor_of(g.key.account_id), now())
    return row


def _pointer(bad: BadBlock, document: dict[str, Any]) -> str:
    """Where the block stands that cannot be read."""
    listed = document.get("blocks")
    for place, block in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(block, dict) and block.get("id") == bad.block:
            return f"#/blocks/blocks/{place}"
    return "#/blocks"
