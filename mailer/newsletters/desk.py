"""The letters: their list, a new one, the copy of one."""

from datetime import datetime

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_time

from mailer.clock import now
from mailer.db import transaction
from mailer.newsletters import choosing, operations, queries
from mailer.newsletters.blueprint import bp
from mailer.newsletters.snapshots import copied
from mailer.subscriptions import queries as subscriptions
from mailer.web.access import staff
from mailer.web.bounds import row_key
from mailer.web.language import LANGUAGES


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
    """Seek articles, or make a letter of the ticked ones, or of none."""
    pressed = request.form.get("do", "compose")
    if pressed == "search":
        return _new_page(200)
    language = request.form.get("language", LANGUAGES[0])
    wanted = request.form.getlist("list", type=row_key)
    with transaction():
        lists = [row for row in subscriptions.lists(wanted) if not row.closed_at]
        if not lists or language not in LANGUAGES:
            return _new_page(422)
        picked = [] if pressed == "empty" else choosing.ticked(request.form)
        series = operations.series_of(lists[0])
        copies = [copied(article) for article in picked]
        issue = operations.draft_issue(series, copies, language, now(), g.account.actor)
        issue_id = issue.id
    return redirect(url_for(".composer", issue_id=issue_id), 303)


@bp.post("/bureau/lettres/<int:issue_id>/copie")
@staff("editor")
def duplicate(issue_id: int) -> ResponseReturnValue:
    with transaction():
        copy_id = operations.duplicate(queries.issue(issue_id), now(), g.account.actor).id
    return redirect(url_for(".composer", issue_id=copy_id), 303)


def _new_page(status: int) -> ResponseReturnValue:
    newest = queries.issues().rows[:1]
    page = render_template(
        "newsletters/desk/new.html",
        choice=choosing.choice(request.form),
        sent=queries.articles_sent(),
        lists=subscriptions.open_lists(),
        last=newest[0] if newest else None,
        unanswered=status != 200,  # noqa: PLR2004 - the page as first asked for
    )
    return page, status
