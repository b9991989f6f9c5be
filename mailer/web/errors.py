"""An error becomes a page: what happened and what to do, in the reader's language, no trace."""

from dataclasses import dataclass

from flask import Flask, Response, make_response, render_template, request
from flask_babel import lazy_gettext as _
from structlog import get_logger
from werkzeug.exceptions import HTTPException

from mailer.errors import Conflict, Expired, Invalid, MailerError, NotFound

STATUS = {NotFound: 404, Invalid: 422, Conflict: 409, Expired: 410}

log = get_logger()


@dataclass(frozen=True)
class Words:
    """The title of an error page, and the sentence that says what to do."""

    title: object
    cure: object


WORDS = {
    400: Words(_("Cette demande n’a pas été comprise"), _("Revenez à la page précédente, rechargez-la et recommencez.")),
    403: Words(_("Cette page ne vous est pas ouverte"), _("Connectez-vous avec un compte qui y a droit, ou revenez à l’accueil.")),
    404: Words(_("Cette page n’existe pas"), _("Vérifiez l’adresse : il y manque peut-être un morceau. Sinon, repartez de l’accueil.")),
    405: Words(_("Cette page ne s’utilise pas ainsi"), _("Revenez à l’accueil et passez par les liens de la page.")),
    409: Words(_("Quelque chose a changé entre-temps"), _("Rechargez la page pour voir où en sont les choses, puis recommencez.")),
    410: Words(_("Ce lien n’est plus valable"), _("Demandez-en un nouveau depuis la page d’accueil.")),
    413: Words(_("Cet envoi est trop volumineux"), _("Réduisez-le, puis recommencez.")),
    422: Words(_("Ce lien n’est pas le nôtre, ou il est incomplet"), _("Copiez le lien entier depuis le courriel, ou repartez de l’accueil.")),
    429: Words(_("Trop de demandes à la fois"), _("Attendez quelques minutes, puis recommencez. Rien n’a été perdu.")),
    500: Words(_("Une erreur est survenue de notre côté"), _("Rien n’est perdu. Réessayez dans quelques minutes.")),
}  # fmt: skip


def page(status: int) -> Response:
    """The page of an error; another status borrows the words of its family."""
    words = WORDS.get(status) or WORDS[400 if status < 500 else 500]  # noqa: PLR2004 - the 5xx family
    return make_response(render_template("web/error.html", words=words, status=status), status)


def install(app: Flask) -> None:
    """Answer every error of the app with its page."""

    @app.errorhandler(MailerError)
    def refused(error: MailerError) -> Response:
        return page(STATUS[type(error)])

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        if error.response is not None:
            return error.response  # type: ignore[return-value]  # werkzeug's wider type
        return page(error.code or 500)

    @app.errorhandler(500)
    def broken(error: HTTPException) -> Response:
        cause = getattr(error, "original_exception", None)
        log.error("request.failed", endpoint=request.endpoint, kind=type(cause).__name__)
        return page(500)
