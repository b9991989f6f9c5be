"""Composing a letter: the list of letters, a new one, the composer."""

from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_time
from werkzeug.wrappers import Response

from mailer.articles import queries as articles
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict
from mailer.newsletters import arrange, edition, operations, queries, sentences
from mailer.newsletters.blocks import BadBlock, Block
from mailer.newsletters.blueprint import bp
from mailer.newsletters.forms import Typed, typed
from mailer.newsletters.models import Issue
from mailer.newsletters.operations import Draft
from mailer.newsletters.snapshots import copied
from mailer.subscriptions import queries as subscriptions
from mailer.web.access import staff
from mailer.web.bounds import row_key
from mailer.web.language import LANGUAGES

RECENT_ARTICLES = 40
VIEWS = ("telephone", "ordinateur", "sombre", "texte")


@bp.app_template_filter("paris_second")
def paris_second(at: datetime) -> str:
    """The time of day, in Paris, to the second."""
    return str(format_time(at, "HH:mm:ss"))


@bp.get("/bureau/lettres")
@staff("editor")
def letters() -> ResponseReturnValue:
    page = queries.issues(request.args.get("avant", type=row_key))
    return render_template("newsletters/desk/letters.html", page=page)


@bp.get("/bureau/lettres/nouvelle")
@staff("editor")
def new() -> ResponseReturnValue:
    return _new_page(200)


@bp.post("/bureau/lettres")
@staff("editor")
def create() -> ResponseReturnValue:
    language = request.form.get("language", LANGUAGES[0])
    wanted = request.form.getlist("list", type=row_key)
    with transaction():
        lists = subscriptions.lists(wanted)
        if not lists or language not in LANGUAGES:
            return _new_page(422)
        chosen = {article.id: article for article in articles.recent(RECENT_ARTICLES)}
        picked = [chosen[n] for n in request.form.getlist("article", type=row_key) if n in chosen]
        series = operations.series_of(lists[0])
        copies = [copied(article) for article in picked]
        issue = operations.draft_issue(series, copies, language, now())
        issue_id = issue.id
    return redirect(url_for(".composer", issue_id=issue_id), 303)


@bp.get("/bureau/lettres/<int:issue_id>")
@staff("editor")
def composer(issue_id: int) -> ResponseReturnValue:
    issue = queries.issue(issue_id)
    if not issue.is_draft:
        return redirect(url_for(".check", issue_id=issue_id))
    return _composer_page(issue, Typed(issue.subject, issue.preheader, issue.blocks), 200)


@bp.post("/bureau/lettres/<int:issue_id>")
@staff("editor")
def save(issue_id: int) -> ResponseReturnValue:
    """Keep all that was typed, then do what the pressed button says, in one post."""
    given = typed(request.form)
    try:
        draft = given.draft()
    except BadBlock as wrong:
        return _composer_page(queries.issue(issue_id), given, 422, wrong)
    pressed, _, name = request.form.get("do", "").partition(":")
    seen = request.form.get("revision", 0, type=row_key)
    revision = request.form.get("over", seen, type=row_key)
    arranged = Draft(draft.subject, draft.preheader, _arranged(draft.blocks, pressed, name))
    try:
        with transaction():
            issue = queries.locked(issue_id)
            operations.save(issue, arranged, revision, now())
    except Conflict:
        return _composer_page(queries.issue(issue_id), given, 409)
    return _back_to_composer(issue_id, arranged.blocks, pressed, name)


@bp.post("/bureau/lettres/<int:issue_id>/copie")
@staff("editor")
def duplicate(issue_id: int) -> ResponseReturnValue:
    with transaction():
        copy_id = operations.duplicate(queries.issue(issue_id), now()).id
    return redirect(url_for(".composer", issue_id=copy_id), 303)


def _arranged(blocks: tuple[Block, ...], pressed: str, name: str) -> tuple[Block, ...]:
    match pressed:
        case "raise":
            return arrange.raised(blocks, name)
        case "lower":
            return arrange.lowered(blocks, name)
        case "remove":
            return arrange.without(blocks, name)
        case "add":
            return arrange.with_new(blocks, request.form.get("kind", ""))
    return blocks


def _back_to_composer(
    issue_id: int, blocks: tuple[Block, ...], pressed: str, name: str
) -> Response:
    if pressed == "check":
        return redirect(url_for(".check", issue_id=issue_id), 303)
    at = blocks[-1].id if pressed == "add" and blocks else name
    anchor = f"bloc-{at}" if at and pressed != "remove" else None
    shown = request.form.getlist("vue")[-1:]
    return redirect(url_for(".composer", issue_id=issue_id, vue=shown or None, _anchor=anchor), 303)


def _new_page(status: int) -> ResponseReturnValue:
    page = render_template(
        "newsletters/desk/new.html",
        articles=articles.recent(RECENT_ARTICLES),
        sent=queries.articles_sent(),
        lists=subscriptions.all_lists(),
        unanswered=status != 200,  # noqa: PLR2004 - the page as first asked for
    )
    return page, status


def _composer_page(
    issue: Issue, given: Typed, status: int, wrong: BadBlock | None = None
) -> ResponseReturnValue:
    view = request.values.get("vue", VIEWS[0])
    page = render_template(
        "newsletters/desk/composer.html",
        issue=issue,
        given=given,
        types=sentences.TYPES,
        wrong_id=wrong.place if wrong else "",
        wrong_words=sentences.FAULTS[wrong.fault] if wrong else "",
        conflict=status == 409,  # noqa: PLR2004 - somebody saved in between
        view=view,
        text=edition.sample(issue).text if view == "texte" else "",
    )
    return page, status
