"""Letters that compose themselves: set up, looked at, started, paused."""

from collections.abc import Sequence
from datetime import datetime

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.clock import now
from mailer.db import transaction
from mailer.errors import NotFound
from mailer.newsletters import digest_queries as queries
from mailer.newsletters import digest_runs, digest_words, digests, edition, preflight
from mailer.newsletters.appearance import light
from mailer.newsletters.blueprint import bp
from mailer.newsletters.checks import Finding
from mailer.newsletters.digest_forms import NewDigestForm, RhythmForm
from mailer.newsletters.digest_models import Digest, DigestMode
from mailer.newsletters.findings import of_finding
from mailer.newsletters.public import letter_page
from mailer.subscriptions import queries as subscriptions
from mailer.web.access import staff


@bp.get("/bureau/envois-automatiques")
@staff("editor", "sender")
def automatic() -> ResponseReturnValue:
    found = queries.digests()
    return render_template(
        "newsletters/digests/digests.html",
        digests=found,
        last=queries.last_runs([each.id for each in found]),
        people=queries.people([each.newsletter.list_id for each in found]),
        words=digest_words,
        now=now(),
    )


@bp.get("/bureau/envois-automatiques/nouveau")
@staff("editor")
def new_digest() -> ResponseReturnValue:
    return _new_page(_new_form(), 200)


@bp.post("/bureau/envois-automatiques")
@staff("editor")
def create_digest() -> ResponseReturnValue:
    form = _new_form()
    if not form.validate():
        return _new_page(form, 422)
    with transaction():
        chosen = subscriptions.mailing_list(form.list.data)
        made = digests.set_up(chosen, form.pattern, form.rhythms, g.account.id, now())
        digest_id = made.id
    flash(_("L’envoi automatique est prêt. Relisez ce qui partirait, puis mettez-le en marche."))
    return redirect(url_for(".digest", digest_id=digest_id), 303)


@bp.get("/bureau/envois-automatiques/<int:digest_id>")
@staff("editor", "sender")
def digest(digest_id: int) -> ResponseReturnValue:
    return _digest_page(queries.digest(digest_id), ())


def _digest_page(found: Digest, blocking: Sequence[Finding]) -> str:
    at = now()
    return render_template(
        "newsletters/digests/digest.html",
        digest=found,
        modes=[_shown(found, mode, at) for mode in found.modes],
        history=queries.history(found.id),
        blocking=blocking,
        people=queries.people([found.newsletter.list_id]),
        is_as_confirmed=digests.is_as_confirmed(found),
        words=digest_words,
        now=at,
    )


@bp.get("/bureau/envois-automatiques/<int:digest_id>/reglages")
@staff("editor")
def digest_settings(digest_id: int) -> ResponseReturnValue:
    found = queries.digest(digest_id)
    return _settings_page(found, RhythmForm().showing(found).prepared(now()), 200)


@bp.post("/bureau/envois-automatiques/<int:digest_id>/reglages")
@staff("editor")
def change_digest(digest_id: int) -> ResponseReturnValue:
    form = RhythmForm().prepared(now())
    if not form.validate():
        return _settings_page(queries.digest(digest_id), form, 422)
    with transaction():
        digests.change(queries.locked(digest_id), form.rhythms, g.account.actor, now())
    flash(_("Les réglages sont enregistrés."))
    return redirect(url_for(".digest", digest_id=digest_id), 303)


@bp.post("/bureau/envois-automatiques/<int:digest_id>/marche")
@staff("sender")
def start_digest(digest_id: int) -> ResponseReturnValue:
    """Set it going, unless what would leave now could not be approved."""
    found = queries.digest(digest_id)
    if blocking := _blocking(found, now()):
        return _digest_page(found, blocking), 422
    with transaction():
        digests.start(queries.locked(digest_id), g.account.id, now())
    flash(_("L’envoi automatique est en marche."))
    return redirect(url_for(".digest", digest_id=digest_id), 303)


@bp.post("/bureau/envois-automatiques/<int:digest_id>/pause")
@staff("editor", "sender")
def pause_digest(digest_id: int) -> ResponseReturnValue:
    with transaction():
        digests.pause(queries.locked(digest_id), g.account.actor)
    flash(_("L’envoi automatique est en pause : plus rien ne se compose."))
    return redirect(url_for(".digest", digest_id=digest_id), 303)


@bp.get("/bureau/envois-automatiques/<int:digest_id>/apercu")
@staff("editor", "sender")
def digest_preview(digest_id: int) -> Response:
    """What would leave now for that mode, for a frame of the desk."""
    found = queries.digest(digest_id)
    wanted = request.args.get("rythme", "")
    mode = next((each for each in found.modes if each.frequency == wanted), None)
    made = _would_leave(found, mode, now()) if mode else None
    if made is None:
        raise NotFound("letter")
    return letter_page(light(edition.preview(made.issue).html), framed_by="'self'")


def _would_leave(found: Digest, mode: DigestMode, at: datetime) -> digest_runs.Composed | None:
    return digest_runs.letter(found, digest_runs.readership(found, mode), at)


def _blocking(found: Digest, at: datetime) -> list[Finding]:
    """What would forbid the letters that would leave now, each fault once."""
    letters = (_would_leave(found, mode, at) for mode in found.modes)
    faults = [f for made in letters if made for f in preflight.report(made.issue, at).blocking]
    return list({of_finding(fault): fault for fault in faults}.values())


def _shown(
    found: Digest, mode: DigestMode, at: datetime
) -> tuple[DigestMode, digest_runs.Composed | None, tuple[str, ...]]:
    """The mode, what would leave of it now, and whom it is for."""
    readers = digest_runs.readership(found, mode)
    return mode, _would_leave(found, mode, at), readers.frequencies


def _new_form() -> NewDigestForm:
    taken = {each.newsletter.list_id for each in queries.digests()}
    lists = [each for each in subscriptions.open_lists() if each.id not in taken]
    form = NewDigestForm().offering(lists)
    form.prepared(now())
    return form


def _new_page(form: NewDigestForm, status: int) -> ResponseReturnValue:
    return render_template("newsletters/digests/form.html", form=form, digest=None), status


def _settings_page(found: Digest, form: RhythmForm, status: int) -> ResponseReturnValue:
    return render_template("newsletters/digests/form.html", form=form, digest=found), status
