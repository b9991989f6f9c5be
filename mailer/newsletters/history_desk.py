"""The versions of a letter: their list, one of them, and going back."""

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.accounts.queries import shown
from mailer.clock import now
from mailer.db import transaction
from mailer.newsletters import edition, history, queries, revisions
from mailer.newsletters.appearance import light
from mailer.newsletters.blueprint import bp
from mailer.newsletters.public import letter_page
from mailer.web.access import staff


@bp.get("/bureau/lettres/<int:issue_id>/versions")
@staff("editor")
def versions(issue_id: int) -> ResponseReturnValue:
    issue = queries.issue(issue_id)
    rows = revisions.newest_first(issue)
    names = shown({row.actor for row in rows})
    return render_template(
        "newsletters/desk/versions.html", issue=issue, rows=rows, names=names, kept=history.KEPT
    )


@bp.get("/bureau/lettres/<int:issue_id>/versions/<int:number>")
@staff("editor")
def version(issue_id: int, number: int) -> ResponseReturnValue:
    issue = queries.issue(issue_id)
    row = revisions.revision(issue, number)
    author = shown([row.actor]).get(row.actor)
    return render_template("newsletters/desk/version.html", issue=issue, row=row, author=author)


@bp.get("/bureau/lettres/<int:issue_id>/versions/<int:number>/apercu")
@staff("editor")
def version_preview(issue_id: int, number: int) -> Response:
    """That version alone, for a frame of the desk."""
    issue = queries.issue(issue_id)
    draft = revisions.draft_of(revisions.revision(issue, number))
    return letter_page(light(edition.live(issue, draft)), framed_by="'self'")


@bp.post("/bureau/lettres/<int:issue_id>/versions/<int:number>/retour")
@staff("editor")
def restore(issue_id: int, number: int) -> ResponseReturnValue:
    with transaction():
        issue = queries.locked(issue_id)
        history.restore(issue, revisions.revision(issue, number), g.account.actor, now())
    flash(_("La lettre est revenue à cette version. « Annuler » reprend ce qu’elle était avant."))
    return redirect(url_for(".composer", issue_id=issue_id), 303)


@bp.post("/bureau/lettres/<int:issue_id>/blocs/<name>/retour")
@staff("editor")
def bring_back(issue_id: int, name: str) -> ResponseReturnValue:
    """Put a block that was taken out back into its place."""
    with transaction():
        history.bring_back(queries.locked(issue_id), name, g.account.actor, now())
    return redirect(url_for(".composer", issue_id=issue_id, _anchor=f"bloc-{name}"), 303)
