"""An error becomes a page: what happened and what to do, in the reader's language, no trace."""

import sqlite3
import traceback
from dataclasses import dataclass
from types import TracebackType

from flask import Flask, Response, g, make_response, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy.exc import OperationalError
from structlog import get_logger
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from mailer.errors import Conflict, Expired, Invalid, MailerError, NotFound
from mailer.web import language, problems
from mailer.web.access import is_api, is_desk

NOT_FOUND = 404
UNAVAILABLE, AGAIN_AFTER_SECONDS = 503, 5
STATUS = {NotFound: NOT_FOUND, Invalid: 422, Conflict: 409, Expired: 410}

log = get_logger()


@dataclass(frozen=True)
class Words:
    """The title of an error page, and the sentence that says what to do."""

    title: LazyString
    cure: LazyString


WORDS = {
    400: Words(
        _("Cette demande n’a pas été comprise"),
        _("Revenez à la page précédente, rechargez-la et recommencez."),
    ),
    404: Words(
        _("Cette page n’existe pas"),
        _("Vérifiez l’adresse : il y manque peut-être un morceau. Sinon, repartez de l’accueil."),
    ),
    405: Words(
        _("Cette page ne s’utilise pas ainsi"),
        _("Revenez à l’accueil et passez par les liens de la page."),
    ),
    409: Words(
        _("Quelque chose a changé entre-temps"),
        _("Rechargez la page pour voir où en sont les choses, puis recommencez."),
    ),
    410: Words(
        _("Ce lien n’est plus valable"),
        _("Demandez-en un nouveau depuis la page d’accueil."),
    ),
    413: Words(
        _("Cet envoi est trop volumineux"),
        _("Réduisez-le, puis recommencez."),
    ),
    422: Words(
        _("Ce lien n’est pas le nôtre, ou il est incomplet"),
        _("Copiez le lien entier depuis le courriel, ou repartez de l’accueil."),
    ),
    429: Words(
        _("Trop de demandes à la fois"),
        _("Attendez quelques minutes, puis recommencez. Rien n’a été perdu."),
    ),
    500: Words(
        _("Quelque chose s’est mal passé de notre côté"),
        _("Rien n’est perdu. Réessayez dans quelques minutes."),
    ),
    UNAVAILABLE: Words(
        _("Le service est très occupé"),
        _("Attendez quelques secondes, puis rechargez cette page : ce que vous avez saisi repart."),
    ),
}


def page(status: int) -> Response:
    """The page of an error; another status borrows the words of its family."""
    if is_api(request.path):
        return problems.answer(problems.of_status(status))
    if status == NOT_FOUND and _is_at_desk():
        # Which menu entry would be above the page depends on whether it exists.
        language.unname_page()
        return make_response(render_template("web/not_open.html", here="", part=None), status)
    words = WORDS.get(status) or WORDS[400 if status < 500 else 500]  # noqa: PLR2004 - the 5xx family
    return make_response(render_template("web/error.html", words=words, status=status), status)


def _is_at_desk() -> bool:
    return "account" in g and is_desk(request.path)


def refused(error: MailerError) -> Response:
    """The page of a refusal that a domain raised."""
    return page(next(status for kind, status in STATUS.items() if isinstance(error, kind)))


def foreign_host(_error: SecurityError) -> Response:
    """One plain sentence: for a host that is not ours, no address can be built."""
    words = _("Ce nom de site n’est pas le nôtre. Vérifiez l’adresse, puis recommencez.")
    return Response(f"{words}\n", 400, mimetype="text/plain")


def http(error: HTTPException) -> Response:
    """The page of an HTTP error, with the headers that go with it, such as Allow."""
    if error.response is not None:
        return make_response(error.response)
    answer = page(error.code or 500)
    for name, value in error.get_headers():
        if name != "Content-Type":
            answer.headers[name] = value
    return answer


def unavailable(error: OperationalError) -> Response:
    """The page for a database that is too busy, or away, for a moment; another fault is ours."""
    if not _passes(error):
        return broken(InternalServerError(original_exception=error))
    log.warning("database.busy", endpoint=request.endpoint)
    answer = page(UNAVAILABLE)
    answer.headers["Retry-After"] = str(AGAIN_AFTER_SECONDS)
    return answer


def _passes(error: OperationalError) -> bool:
    """SQLite says so of a missing table too; PostgreSQL of what is not the program's doing."""
    if not isinstance(error.orig, sqlite3.Error):
        return True
    # The primary code is in the lowest byte (https://sqlite.org/rescode.html).
    return error.orig.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def broken(error: InternalServerError) -> Response:
    """The page of a fault of ours; the log has its place, never its message or its values."""
    cause = error.original_exception
    log.error(
        "request.failed",
        endpoint=request.endpoint,
        kind=type(cause).__name__,
        where=where(cause.__traceback__ if cause else None),
    )
    return page(500)


def where(trace: TracebackType | None) -> str:
    """The innermost places of a traceback, without the text of the lines."""
    frames = traceback.extract_tb(trace)[-6:]
    return " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))


def install(app: Flask) -> None:
    """Answer every error of the app with its page."""
    # Flask's own line would hold the path, which may be a token, and the exception's text.
    app.logger.disabled = True
    app.register_error_handler(problems.Problem, problems.answer)
    app.register_error_handler(MailerError, refused)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(SecurityError, foreign_host)
    app.register_error_handler(OperationalError, unavailable)
    app.register_error_handler(InternalServerError, broken)
