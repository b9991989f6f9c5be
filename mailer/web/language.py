"""French first, English second: the address says which, else the browser, else French."""

from flask import Flask, g, request, url_for
from flask_babel import Babel, get_locale

LANGUAGES = ("fr", "en")
PARAMETER = "lang"


def wanted() -> str:
    """The language of this request."""
    asked = request.args.get(PARAMETER) or request.form.get(PARAMETER)
    if asked in LANGUAGES:
        g.asked_language = asked
        return asked
    return request.accept_languages.best_match(LANGUAGES, "fr")


def install(app: Flask) -> None:
    """Choose a language for each request, and keep a chosen one in the links of its pages."""
    Babel(
        app,
        default_locale="fr",
        default_timezone="Europe/Paris",
        default_translation_directories=str(app.root_path + "/translations"),
        locale_selector=wanted,
    )

    @app.url_defaults
    def keep(endpoint: str, values: dict[str, object]) -> None:
        if endpoint != "static" and "asked_language" in g:
            values.setdefault(PARAMETER, g.asked_language)

    @app.context_processor
    def names() -> dict[str, object]:
        return {"language": lambda: str(get_locale()), "in_language": in_language}


def in_language(language: str) -> str:
    """The address of this page in that language."""
    values = dict(request.view_args or {}) | request.args.to_dict() | {PARAMETER: language}
    return url_for(request.endpoint or "subscriptions.form", **values)
