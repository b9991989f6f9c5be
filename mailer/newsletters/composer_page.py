"""The page of the composer, with what was typed, whether or not it could be kept."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mailer.articles import queries as articles
from mailer.newsletters import block_words, edition, sentences
from mailer.newsletters.blocks import BadBlock
from mailer.newsletters.forms import Typed
from mailer.newsletters.models import Issue
from mailer.subscriptions import queries as subscriptions
from mailer.subscriptions.choice_forms import FREQUENCIES, LANGUAGE_NAMES

VIEWS = ("telephone", "ordinateur", "sombre", "texte")


def composer_page(
    issue: Issue, given: Typed, status: int, wrong: BadBlock | None = None
) -> ResponseReturnValue:
    """The composer; 422 names the field to mend, 409 tells that somebody saved in between."""
    lists = subscriptions.all_lists()
    view = request.values.get("vue", VIEWS[0])
    page = render_template(
        "newsletters/desk/composer.html",
        issue=issue,
        given=given,
        types=sentences.TYPES,
        words=block_words,
        sources=articles.sources(),
        lists=lists,
        named_lists=[(row.slug, row.name) for row in lists],
        languages=LANGUAGE_NAMES,
        frequencies=FREQUENCIES,
        menu_after=_menu_after(given),
        wrong_id=wrong.place if wrong else "",
        wrong_words=sentences.FAULTS[wrong.fault] if wrong else "",
        conflict=status == 409,  # noqa: PLR2004 - somebody saved in between
        view=view,
        text=edition.sample(issue).text if view == "texte" else "",
    )
    return page, status


def _menu_after(given: Typed) -> str:
    """The block after which the menu of blocks stands: as asked for, else the last."""
    names = [str(block["id"]) for block in given.blocks]
    asked = request.args.get("apres")
    return asked if asked is not None and asked in ("", *names) else "".join(names[-1:])
