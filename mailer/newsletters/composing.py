"""The composer: its page, what its buttons do, and the articles added to a letter."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict
from mailer.newsletters import arrange, choosing, filling, operations, queries
from mailer.newsletters.blocks import BadBlock, Block, dump, parse
from mailer.newsletters.blueprint import bp
from mailer.newsletters.composer_page import composer_page
from mailer.newsletters.forms import Typed, typed
from mailer.newsletters.models import Issue
from mailer.newsletters.operations import Draft
from mailer.newsletters.snapshots import copied
from mailer.newsletters.uploads import pictured
from mailer.web.access import staff
from mailer.web.bounds import row_key, takes_a_file


@bp.get("/bureau/lettres/<int:issue_id>")
@staff("editor")
def composer(issue_id: int) -> ResponseReturnValue:
    issue = queries.issue(issue_id)
    if not issue.is_draft:
        return redirect(url_for(".check", issue_id=issue_id))
    blocks = dump(parse(issue.blocks))
    return composer_page(issue, Typed(issue.subject, issue.preheader, blocks), 200)


@bp.post("/bureau/lettres/<int:issue_id>")
@takes_a_file("PICTURE_MAX_MEGABYTES")
@staff("editor")
def save(issue_id: int) -> ResponseReturnValue:
    """Keep all that was typed, then do what the pressed button says, in one post."""
    given = typed(request.form)
    try:
        given = pictured(given, request.files)
        draft = given.draft()
    except BadBlock as wrong:
        return composer_page(queries.issue(issue_id), given, 422, wrong)
    pressed, _bar, name = request.form.get("do", "").partition(":")
    blocks = _arranged(draft.blocks, pressed, name)
    if pressed == "freeze":
        blocks = _frozen(issue_id, blocks, name)
    arranged = Draft(draft.subject, draft.preheader, blocks)
    try:
        with transaction():
            issue = queries.locked(issue_id)
            operations.save(issue, arranged, _revision_seen(), now(), g.account.actor)
            if pressed == "trial":
                operations.send_trial(issue, g.account.email)
    except Conflict:
        return composer_page(queries.issue(issue_id), given, 409)
    _tell(pressed)
    return _onward(issue_id, arranged.blocks, pressed, name)


@bp.route("/bureau/lettres/<int:issue_id>/articles", methods=["GET", "POST"])
@staff("editor")
def add_articles(issue_id: int) -> ResponseReturnValue:
    """Choose articles, and put copies of them after that block."""
    issue = queries.issue(issue_id)
    if not issue.is_draft:
        raise Conflict("issue")
    after = request.values.get("apres", "")
    if request.method == "GET" or request.form.get("do") == "search":
        return _articles_page(issue, after)
    with transaction():
        issue = queries.locked(issue_id)
        copies = [copied(article) for article in choosing.ticked(request.form)]
        blocks = arrange.with_these(parse(issue.blocks), copies, after)
        draft = Draft(issue.subject, issue.preheader, blocks)
        operations.save(issue, draft, issue.revision, now(), g.account.actor)
    at = blocks[arrange.place_of(blocks, after)].id if copies and after else None
    anchor = f"bloc-{at}" if at else None
    return redirect(url_for(".composer", issue_id=issue_id, _anchor=anchor), 303)


def _articles_page(issue: Issue, after: str) -> str:
    return render_template(
        "newsletters/desk/articles.html",
        issue=issue,
        after=after,
        choice=choosing.choice(request.form),
        sent=queries.articles_sent(),
    )


def _revision_seen() -> int:
    seen = request.form.get("revision", 0, type=row_key)
    return request.form.get("over", seen, type=row_key)


def _arranged(blocks: tuple[Block, ...], pressed: str, name: str) -> tuple[Block, ...]:
    match pressed:
        case "raise":
            return arrange.raised(blocks, name)
        case "lower":
            return arrange.lowered(blocks, name)
        case "remove":
            return arrange.without(blocks, name)
        case "double":
            return arrange.doubled(blocks, name)
        case "add":
            return arrange.with_new(blocks, name, request.form.get("after", ""))
    return blocks


def _frozen(issue_id: int, blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    """The blocks, that section among them become the articles that it takes now."""
    news = filling.anything_new(queries.issue(issue_id))
    return filling.frozen(blocks, name, news, now())


def _tell(pressed: str) -> None:
    if pressed == "trial":
        flash(_("L’essai part vers votre adresse. Il arrive en général dans la minute."))


def _onward(issue_id: int, blocks: tuple[Block, ...], pressed: str, name: str) -> Response:
    """The page that the pressed button leads to."""
    match pressed:
        case "check":
            return redirect(url_for(".check", issue_id=issue_id), 303)
        case "articles":
            after = request.form.get("after", "")
            return redirect(url_for(".add_articles", issue_id=issue_id, apres=after), 303)
        case "menu":
            return _composer(issue_id, "ajouter", after=name)
        case "add" | "double":
            after = name if pressed == "double" else request.form.get("after", "")
            added = 0 if after == arrange.FIRST else arrange.place_of(blocks, after)
            return _composer(issue_id, f"bloc-{blocks[min(added, len(blocks) - 1)].id}")
        case "raise" | "lower":
            return _composer(issue_id, f"bloc-{name}")
    return _composer(issue_id, None)


def _composer(issue_id: int, anchor: str | None, after: str | None = None) -> Response:
    shown = request.form.getlist("vue")[-1:] or None
    address = url_for(".composer", issue_id=issue_id, vue=shown, apres=after, _anchor=anchor)
    return redirect(address, 303)
