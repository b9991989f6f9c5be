"""The record of processing at the desk: as things stand, as files, and what changed when."""

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime

from mailer.clock import PARIS, now
from mailer.db import transaction
from mailer.errors import NotFound
from mailer.register import operations, queries, words
from mailer.register.formats import MIMETYPES, Format, export, page
from mailer.register.sheet import Sheet, read
from mailer.web.access import staff

bp = Blueprint("register", __name__)


@bp.get("/bureau/registre")
@staff("dpo", "admin")
def sheet() -> ResponseReturnValue:
    """The record as it stands; what has changed since the last version is kept as a new one."""
    return render_template(
        "register/sheet.html",
        sheet=_current(),
        steps=queries.history(),
        formats=Format,
        words=words,
        hour=lambda at: format_datetime(at.astimezone(PARIS), "short", rebase=False),
    )


@bp.get("/bureau/registre/versions/<int:version_id>")
@staff("dpo", "admin")
def version(version_id: int) -> ResponseReturnValue:
    """The record as it stood in that version, to print."""
    return _printed(read(queries.by_id(version_id).content))


@bp.get("/bureau/registre/fichiers/<name>")
@staff("dpo", "admin")
def file(name: str) -> ResponseReturnValue:
    """The record as a file of that form; the page to print opens in the browser."""
    if name not in set(Format):
        raise NotFound("format")
    form = Format(name)
    if form == Format.HTML:
        return _printed(_current())
    named = {"Content-Disposition": f'attachment; filename="registre.{form}"'}
    return Response(export(_current(), form), content_type=MIMETYPES[form], headers=named)


def _printed(found: Sheet) -> str:
    return page(found, url_for("static", filename="app.css"))


def _current() -> Sheet:
    with transaction():
        return read(operations.keep(now()).content)
