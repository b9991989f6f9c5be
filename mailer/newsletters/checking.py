"""What the check page and the composer do about findings."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.clock import now
from mailer.db import hint, transaction
from mailer.errors import Conflict
from mailer.newsletters import edition, link_checks, operations, preflight, queries
from mailer.newsletters.blocks import parse
from mailer.newsletters.blueprint import bp
from mailer.newsletters.checks import Finding
from mailer.newsletters.findings import of_finding
from mailer.newsletters.models import Issue
from mailer.web.access import staff
from mailer.web.bounds import row_key

bp.add_app_template_filter(of_finding, "in_words")


@bp.app_template_global("block_places")
def block_places(issue: Issue) -> dict[str, int]:
    """What the composer counts each block as."""
    return {block.id: place for place, block in enumerate(parse(issue.blocks), start=1)}


@bp.app_template_global("letter_findings")
def letter_findings(issue: Issue, only: str) -> list[Finding]:
    """What is to mend in the letter, or in one of its blocks, for what is shown beside it."""
    found = preflight.beside(issue, now())
    return [finding for finding in found if not only or finding.block == only]


@bp.post("/bureau/lettres/<int:issue_id>/essai-des-liens")
@staff("editor")
def try_links(issue_id: int) -> ResponseReturnValue:
    with transaction():
        link_checks.ask(link_checks.web_links(edition.whole(queries.issue(issue_id))), now())
        hint(link_checks.JOB)
    flash(_("Les liens sont essayés. Rechargez cette page dans un instant."))
    return redirect(url_for(".check", issue_id=issue_id), 303)


@bp.post("/bureau/lettres/<int:issue_id>/blocs/<block_id>/article")
@staff("editor")
def take_again(issue_id: int, block_id: str) -> ResponseReturnValue:
    revision = request.form.get("revision", 0, type=row_key)
    try:
        with transaction():
            operations.take_again(
                queries.locked(issue_id), block_id, revision, now(), g.account.actor
            )
    except Conflict:
        flash(_("La lettre a changé depuis que vous l’avez relue. Relisez-la ici."), "warn")
    else:
        flash(_("L’article est repris de son site, tel qu’il est maintenant."))
    return redirect(url_for(".check", issue_id=issue_id), 303)


@bp.post("/bureau/lettres/<int:issue_id>/typographie")
@staff("editor")
def mend_typography(issue_id: int) -> ResponseReturnValue:
    revision = request.form.get("revision", 0, type=row_key)
    try:
        with transaction():
            operations.mend_typography(queries.locked(issue_id), revision, now(), g.account.actor)
    except Conflict:
        flash(_("La lettre a changé depuis que vous l’avez relue. Relisez-la ici."), "warn")
    else:
        flash(_("La typographie est corrigée."))
    return redirect(url_for(".check", issue_id=issue_id), 303)
