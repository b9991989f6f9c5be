"""The page of the composer, with what was typed, whether or not it could be kept."""

from collections.abc import Mapping

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from mailer.articles import queries as articles
from mailer.clock import now
from mailer.newsletters import block_words, conflicts, edition, revisions, sentences
from mailer.newsletters.blocks import BadBlock
from mailer.newsletters.forms import Typed, seen
from mailer.newsletters.merging import digests
from mailer.newsletters.models import Issue
from mailer.subscriptions import queries as subscriptions
from mailer.subscriptions.choice_forms import FREQUENCIES, LANGUAGE_NAMES

VIEWS = ("telephone", "ordinateur", "sombre", "texte")


def kept_page(issue: Issue, given: Typed) -> ResponseReturnValue:
    """The composer, or the part of it that a save by itself changes, with what is kept."""
    draft = revisions.draft_of(issue)
    return _page(issue, given, digests(draft), revision=issue.revision), 200


def refused_page(issue: Issue, given: Typed, wrong: BadBlock) -> ResponseReturnValue:
    """The same with what was typed, and the field to mend."""
    words = sentences.FAULTS[wrong.fault]
    page = _page(issue, given, seen(request.form), wrong_id=wrong.place, wrong_words=words)
    return page, 422


def conflict_page(issue: Issue, given: Typed) -> ResponseReturnValue:
    """The same with what was typed, and how it differs from what somebody else saved."""
    was = seen(request.form)
    found = conflicts.between(given.draft(), revisions.draft_of(issue), was)
    return _page(issue, given, was, conflict=True, differences=found), 409


def _page(issue: Issue, given: Typed, was: Mapping[str, str], **told: object) -> str:
    alone = request.form.get("do") == "autosave"
    view = request.values.get("vue", VIEWS[0])
    name = "autosave" if alone else "composer"
    lists = subscriptions.all_lists()
    defaults = {
        "wrong_id": "",
        "wrong_words": "",
        "conflict": False,
        "differences": (),
        "revision": request.form.get("revision", "0"),
    }
    return render_template(
        f"newsletters/desk/{name}.html",
        issue=issue,
        given=given,
        was=was,
        types=sentences.TYPES,
        words=block_words,
        sources=articles.sources(),
        lists=lists,
        named_lists=[(row.slug, row.name) for row in lists],
        languages=LANGUAGE_NAMES,
        frequencies=FREQUENCIES,
        menu_after=_menu_after(given),
        steps=revisions.steps(issue),
        colleague=revisions.colleague(issue, g.account.actor, now()),
        view=view,
        text=edition.sample(issue).text if view == "texte" else "",
        **(defaults | told),
    )


def _menu_after(given: Typed) -> str:
    """The block after which the menu of blocks stands: as asked for, else the last."""
    names = [str(block["id"]) for block in given.blocks]
    asked = request.args.get("apres")
    return asked if asked is not None and asked in ("", *names) else "".join(names[-1:])
