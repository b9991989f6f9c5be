"""The composer: its page, what its buttons do, and the articles added to a letter."""

from dataclasses import replace

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict
from mailer.newsletters import arrange, choosing, edition, filling, history, operations, queries
from mailer.newsletters.appearance import dark, light
from mailer.newsletters.blocks import BadBlock, Block, dump, parse
from mailer.newsletters.blueprint import bp
from mailer.newsletters.composer_page import conflict_page, kept_page, refused_page
from mailer.newsletters.content import Draft
from mailer.newsletters.forms import Typed, picks, seen, typed
from mailer.newsletters.merging import told_apart, united
from mailer.newsletters.models import Issue
from mailer.newsletters.public import letter_page
from mailer.newsletters.revisions import draft_of
from mailer.newsletters.snapshots import copied
from mailer.newsletters.uploads import pictured
from mailer.web import undo
from mailer.web.access import staff
from mailer.web.bounds import row_key, takes_a_file

# What settles a conflict: these save over the version that it was shown with.
OVER = frozenset({"mine", "unite"})


@bp.get("/bureau/lettres/<int:issue_id>")
@staff("editor")
def composer(issue_id: int) -> ResponseReturnValue:
    issue = queries.issue(issue_id)
    if not issue.is_draft:
        return redirect(url_for(".check", issue_id=issue_id))
    return kept_page(issue, _as_typed(issue))


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
        return refused_page(queries.issue(issue_id), given, wrong)
    pressed, _bar, name = request.form.get("do", "").partition(":")
    blocks = _arranged(draft.blocks, pressed, name)
    if pressed == "freeze":
        blocks = _frozen(issue_id, blocks, name)
    try:
        with transaction():
            issue = queries.locked(issue_id)
            _keep(issue, replace(draft, blocks=blocks), pressed)
    except Conflict:
        return conflict_page(queries.issue(issue_id), given)
    if pressed == "autosave":
        return kept_page(queries.issue(issue_id), given)
    _tell(issue_id, pressed, name)
    return _onward(issue_id, blocks, pressed, name)


@bp.get("/bureau/lettres/<int:issue_id>/redaction/apercu")
@staff("editor")
def live_preview(issue_id: int) -> Response:
    """The letter alone as it stands, for the frame of the composer."""
    issue = queries.issue(issue_id)
    html = edition.live(issue, draft_of(issue))
    shown = dark(html) if request.args.get("apparence") == "sombre" else light(html)
    return letter_page(shown, framed_by="'self'")


@bp.get("/bureau/lettres/<int:issue_id>/remarques")
@staff("editor")
def remarks(issue_id: int) -> str:
    """What is to mend in the letter as it stands, for the place beside it."""
    return render_template("newsletters/desk/findings.html", issue=queries.issue(issue_id))


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
        history.write(issue, draft, issue.revision, g.account.actor, now())
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


def _as_typed(issue: Issue) -> Typed:
    return Typed(issue.subject, issue.preheader, dump(parse(issue.blocks)))


def _keep(issue: Issue, draft: Draft, pressed: str) -> None:
    """Save, and what the button does to the letter as a whole."""
    at, actor = now(), g.account.actor
    field = "over" if pressed in OVER else "revision"
    read = request.form.get(field, 0, type=row_key)
    if pressed == "theirs":
        return history.set_aside(issue, draft, actor, at)
    if pressed == "unite":
        history.set_aside(issue, draft, actor, at)
        draft = _united(draft, draft_of(issue))
    history.write(issue, draft, read, actor, at)
    match pressed:
        case "undo":
            history.undo(issue, actor, at)
        case "redo":
            history.redo(issue, actor, at)
        case "trial":
            operations.send_trial(issue, g.account.email)
    return None


def _united(mine: Draft, theirs: Draft) -> Draft:
    was = seen(request.form)
    return united(told_apart(mine, theirs, was), theirs, was, picks(request.form))


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


def _tell(issue_id: int, pressed: str, name: str) -> None:
    match pressed:
        case "trial":
            flash(_("L’essai part vers votre adresse. Il arrive en général dans la minute."))
        case "remove":
            back = url_for(".bring_back", issue_id=issue_id, name=name)
            undo.offer(_("Le bloc est retiré."), back)
        case "unite":
            flash(_("Les deux versions sont réunies. L’une et l’autre restent dans les versions."))
        case "theirs":
            flash(_("Voici l’autre version. La vôtre reste dans les versions."))


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
