"""French first, English second: the address says which, else the account, the browser, French."""

from urllib.parse import quote, urlencode

from flask import Flask, g, request
from flask.globals import request_ctx
from flask_babel import Babel, get_locale

LANGUAGES = ("fr", "en")
PARAMETER = "lang"

# As the United Kingdom writes them, and France: CLDR's plain "en" is that of the United States.
FORMATS = {
    "date.medium": "d MMM y",
    "date.long": "d MMMM y",
    "date.full": "EEEE d MMMM y",
    "datetime.medium": "d MMM y, HH:mm:ss",
    "time.short": "HH:mm",
}


def wanted() -> str:
    """The language of this request."""
    if "asked_language" in g:
        return str(g.asked_language)
    if "own_language" in g:
        return str(g.own_language)
    accepted = (tag.partition("-")[0] for tag in request.accept_languages.values())
    return next((language for language in accepted if language in LANGUAGES), LANGUAGES[0])


def listen() -> None:
    """Note the language that the address asks for."""
    asked = request.args.get(PARAMETER)
    if asked in LANGUAGES:
        g.asked_language = asked


def in_language(language: str) -> str:
    """The address of this page in that language; of the home page, where a post has no page."""
    path, query = _here("/")
    return f"{quote(path)}?{urlencode(query | {PARAMETER: language})}"


def without_language(home: str) -> str:
    """The address of this page, naming no language; `home` where a post has no page."""
    path, query = _here(home)
    query.pop(PARAMETER, None)
    return f"{quote(path)}?{urlencode(query)}" if query else quote(path)


def unname_page() -> None:
    """Let no link name this page: whoever asks must not learn whether it is there."""
    g.page_is_unnamed = True


def _here(home: str) -> tuple[str, dict[str, str]]:
    adapter = request_ctx.url_adapter
    if "page_is_unnamed" not in g and adapter and adapter.test(request.path, "GET"):
        return request.path, request.args.to_dict()
    return home, {}


def install(app: Flask) -> None:
    """Choose a language for each request, and keep a chosen one in the links of its pages."""
    Babel(
        app,
        date_formats=Babel.default_date_formats | FORMATS,
        default_locale="fr",
        default_timezone="Europe/Paris",
        default_translation_directories=f"{app.root_path}/translations",
        locale_selector=wanted,
    )
    app.before_request(listen)

    @app.url_defaults
    def keep(endpoint: str, values: dict[str, object]) -> None:
        if endpoint != "static" and "asked_language" in g:
            values.setdefault(PARAMETER, g.asked_language)

    @app.context_processor
    def names() -> dict[str, object]:
        return {
            "language": lambda: str(get_locale()),
            "in_language": in_language,
            "without_language": without_language,
        }
