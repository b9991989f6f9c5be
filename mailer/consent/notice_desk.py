"""The staff's pages of notices: what is in force, its faults, a new version, the archive."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from mailer.clock import now, paris_day
from mailer.consent import notice_words, placeholders, publishing, queries
from mailer.consent.blueprint import bp
from mailer.consent.inspection import inspect, said
from mailer.consent.models import Notice, NoticeKind
from mailer.consent.notice_forms import OldNoticeForm, SourceForm
from mailer.consent.notice_words import Said
from mailer.consent.notices import SHOWN, NoticeText, filled, in_force, source
from mailer.db import transaction
from mailer.errors import Conflict
from mailer.web.access import staff

# How addresses of pages call the two.
KINDS = {"courte": NoticeKind.SHORT, "complete": NoticeKind.FULL}
NAMES = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True)
class Standing:
    """One notice as it stands: its text, what is wrong with it, its versions."""

    name: str
    text: NoticeText
    is_own: bool
    faults: list[Said]
    versions: list[Notice]


@bp.get("/bureau/notices")
@staff("dpo", "admin")
def notices() -> ResponseReturnValue:
    """Every notice with its faults, the archive, and what rests on it."""
    return render_template(
        "consent/notices.html",
        standings=[_standing(kind, locale) for kind, locale in SHOWN],
        filed=queries.filed_notices(),
        weak=queries.weak_proofs(),
        words=notice_words,
        day=day,
    )


def _standing(kind: NoticeKind, locale: str) -> Standing:
    text = in_force(kind, locale)
    return Standing(
        name=NAMES[kind],
        text=text,
        is_own=queries.newest_source(kind, locale) is not None,
        faults=_faults(text),
        versions=list(queries.numbered_notices(kind, locale)),
    )


def _faults(text: NoticeText) -> list[Said]:
    return [said(finding, str(get_locale())) for finding in inspect(text)]


def day(at: datetime | None) -> str:
    """The civil date, in the reader's language; or that nobody knows it."""
    return str(format_date(paris_day(at), "long")) if at else _("date inconnue")


@bp.get("/bureau/notices/<name>/<locale>")
@staff("dpo", "admin")
def write_notice(name: str, locale: str) -> ResponseReturnValue:
    """The text in force, to be changed."""
    kind = _known(name, locale)
    return _page(SourceForm(text=source(kind, locale)), name, in_force(kind, locale))


@bp.post("/bureau/notices/<name>/<locale>/apercu")
@staff("dpo", "admin")
def preview_notice(name: str, locale: str) -> ResponseReturnValue:
    """What people would read, and what is wrong with it; nothing is kept."""
    return _page(SourceForm(), name, _typed(name, locale, SourceForm()))


@bp.post("/bureau/notices/<name>/<locale>")
@staff("dpo", "admin")
def publish_notice(name: str, locale: str) -> ResponseReturnValue:
    """Put it in force at once, unless something is wrong with it."""
    form = SourceForm()
    text = _typed(name, locale, form)
    if not form.validate() or inspect(text):
        return _page(form, name, text), 422
    with transaction():
        publishing.publish(text.kind, locale, form.text.data, g.account.actor, now())
    flash(_("Cette version est en vigueur. Les précédentes restent au registre."))
    return redirect(url_for(".notices"), 303)


def _typed(name: str, locale: str, form: SourceForm) -> NoticeText:
    return filled(_known(name, locale), locale, form.text.data or "")


def _page(form: SourceForm, name: str, text: NoticeText) -> str:
    return render_template(
        "consent/notice_write.html",
        form=form,
        name=name,
        text=text,
        faults=_faults(text),
        passages=placeholders.values(text.locale),
        words=notice_words,
    )


def _known(name: str, locale: str) -> NoticeKind:
    if name not in KINDS or (KINDS[name], locale) not in SHOWN:
        abort(404)
    return KINDS[name]


@bp.get("/bureau/notices/archives/ajout")
@staff("dpo", "admin")
def old_notice() -> ResponseReturnValue:
    """The form for a text that was shown before this program was there."""
    return render_template("consent/notice_file.html", form=OldNoticeForm())


@bp.post("/bureau/notices/archives")
@staff("dpo", "admin")
def file_notice() -> ResponseReturnValue:
    """File it: consents may then point at it, and are known for weak."""
    form = OldNoticeForm()
    if not form.validate():
        return render_template("consent/notice_file.html", form=form), 422
    try:
        with transaction():
            publishing.file(form.values(), g.account.actor, now())
    except Conflict:
        form.body.errors = [_("Ce texte est déjà au registre : n’ajoutez que ce qui n’y est pas.")]
        return render_template("consent/notice_file.html", form=form), 422
    return redirect(url_for(".notices"), 303)
