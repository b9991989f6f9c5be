"""Approving a letter: asked for, given, taken back; and what waits for somebody to approve it."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict, Invalid
from mailer.newsletters import approving, operations, queries
from mailer.newsletters.approving import OwnLetter, Unseen
from mailer.newsletters.blueprint import bp
from mailer.newsletters.models import Issue
from mailer.web.access import staff
from mailer.web.bounds import row_key


@bp.get("/bureau/approbations")
@staff("approver")
def approvals() -> ResponseReturnValue:
    """The letters of which somebody asked that they be approved."""
    page = queries.asked_page(request.args.get("apres", type=row_key))
    return render_template("newsletters/desk/approvals.html", page=page)


@bp.post("/bureau/lettres/<int:issue_id>/demande")
@staff("editor")
def ask(issue_id: int) -> ResponseReturnValue:
    """Ask those who may approve the letter."""
    try:
        with transaction():
            issue = queries.locked(issue_id)
            count = operations.ask_approval(issue, g.account.actor, now())
    except Invalid:
        flash(_("Il reste quelque chose à corriger avant d’approuver."), "warn")
    else:
        _tell(count)
    return _back(issue_id)


@bp.post("/bureau/lettres/<int:issue_id>/approbation")
@staff("editor", "approver")
def approve(issue_id: int) -> ResponseReturnValue:
    """Fix the letter that was on the page, or add the approval that it still needs."""
    try:
        with transaction():
            _approve(queries.locked(issue_id))
    except OwnLetter:
        flash(
            _("Cette lettre part vers beaucoup de monde : une personne qui ne l’a pas écrite et"
            " qui a le rôle d’approuver doit la relire."),
            "warn",
        )  # fmt: skip
    except Unseen:
        flash(
            _("La demande ne dit pas quelle lettre a été relue : rien n’est approuvé. Relisez-la"
            " ici, puis approuvez-la par le bouton de cette page."),
            "warn",
        )  # fmt: skip
    except Conflict:
        flash(_("La lettre a changé depuis que vous l’avez relue. Relisez-la ici."), "warn")
    except Invalid:
        flash(_("Il reste quelque chose à corriger avant d’approuver."), "warn")
    else:
        flash(_("La lettre est approuvée. Elle ne change plus ; elle peut partir."))
        return _onward(issue_id)
    return _back(issue_id)


@bp.post("/bureau/lettres/<int:issue_id>/redaction")
@staff("editor")
def take_back(issue_id: int) -> ResponseReturnValue:
    """A draft again, as long as it has not left."""
    try:
        with transaction():
            approving.take_back(queries.locked(issue_id), g.account.actor, now())
    except Conflict:
        flash(_("Cette lettre est déjà partie : dupliquez-la pour en écrire une autre."), "warn")
        return _back(issue_id)
    flash(_("La lettre est de nouveau un brouillon. Son approbation est annulée."))
    return redirect(url_for(".composer", issue_id=issue_id), 303)


def _approve(issue: Issue) -> None:
    """By the hash that the page showed, so that nobody approves what they did not see."""
    if issue.is_draft:
        letter = operations.approve(
            issue, request.form.get("revision", 0, type=row_key), g.account.actor, now()
        )
        current = letter.content_hash
    else:
        approving.confirm(issue, g.account.actor, now())
        current = approving.verified(issue).content_hash
    approving.check_seen(request.form.get("content", ""), current)


def _onward(issue_id: int) -> ResponseReturnValue:
    """Who may send it as well goes on to that, which is what they came for."""
    if "sender" in g.roles:
        return redirect(url_for("delivery.check", issue_id=issue_id), 303)
    return _back(issue_id)


def _tell(count: int) -> None:
    if count:
        flash(
            ngettext(
                "La demande part vers la personne qui peut approuver.",
                "La demande part vers les %(num)d personnes qui peuvent approuver.",
                count,
            )
        )
    else:
        flash(
            _("Personne d’autre n’a le rôle d’approuver. Faites-le donner à un collègue (`mailer"
            " account`)."),
            "warn",
        )  # fmt: skip


def _back(issue_id: int) -> ResponseReturnValue:
    return redirect(url_for(".check", issue_id=issue_id), 303)
