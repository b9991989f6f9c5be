"""The application: settings, extensions, blueprints. Imports all; only the command imports it."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from mailer import checks, logs, settings
from mailer.abuse import desk as abuse_desk
from mailer.accounts import people, people_desk, role_desk, sessions
from mailer.accounts import routes as accounts_routes
from mailer.accounts.factors import guard
from mailer.accounts.factors import routes as factors_routes
from mailer.accounts.keys import desk as keys_desk
from mailer.accounts.openid import desk as openid_desk
from mailer.api import guard as api_guard
from mailer.api import routes as api_routes
from mailer.articles import public as articles_public
from mailer.articles import routes as articles_routes
from mailer.audit import looks
from mailer.bounces import mailbox
from mailer.bounces import routes as bounces_routes
from mailer.breaches import routes as breaches_routes
from mailer.configuration import desk as configuration_desk
from mailer.consent import routes as consent_routes
from mailer.db import db
from mailer.delivery import open_work as delivery_work
from mailer.delivery import routes as delivery_routes
from mailer.demo import site as demo
from mailer.mail import allowances, relay, watched
from mailer.manual import desk as manual_desk
from mailer.monitoring import public as monitoring
from mailer.monitoring import traffic
from mailer.newsletters import open_work as newsletters_work
from mailer.newsletters import routes as newsletters_routes
from mailer.oversight import desk as oversight_desk
from mailer.overview import routes as overview_routes
from mailer.register import desk as register_desk
from mailer.resources import folder
from mailer.retention import desk as retention_desk
from mailer.rights import open_work as rights_work
from mailer.rights import routes as rights_routes
from mailer.subscriptions import routes as subscriptions_routes
from mailer.subscriptions.embedding import routes as embedding_routes
from mailer.web import (
    access,
    accessibility,
    assets,
    bounds,
    errors,
    forms,
    headers,
    journal,
    language,
    law,
    limits,
    menu,
    site,
    undo,
)
from mailer.webhooks import desk as webhooks_desk
from mailer.worker import desk as worker_desk
from mailer.worker import queue

MAX_POST_BYTES = 2_000_000

BLUEPRINTS: tuple[Blueprint, ...] = (
    site.bp,
    accessibility.bp,
    accounts_routes.bp,
    role_desk.bp,
    people_desk.bp,
    keys_desk.bp,
    factors_routes.bp,
    openid_desk.bp,
    abuse_desk.bp,
    articles_routes.bp,
    articles_public.bp,
    consent_routes.bp,
    subscriptions_routes.bp,
    embedding_routes.bp,
    delivery_routes.bp,
    bounces_routes.bp,
    newsletters_routes.bp,
    rights_routes.bp,
    breaches_routes.bp,
    retention_desk.bp,
    register_desk.bp,
    oversight_desk.bp,
    webhooks_desk.bp,
    worker_desk.bp,
    configuration_desk.bp,
    overview_routes.bp,
    monitoring.bp,
    manual_desk.bp,
)

# In this order: what comes first times, or wraps, all the rest.
INSTALL: tuple[Callable[[Flask], None], ...] = (
    journal.install,
    traffic.install,
    assets.install,
    language.install,
    law.install,
    accessibility.install,
    errors.install,
    bounds.install,
    menu.install,
    undo.install,
    sessions.install,
    relay.install,
    allowances.install,
    watched.install,
    mailbox.install,
    queue.install,
)

# Each tells what is under way in the name of an account.
OPEN_WORK = (rights_work.of, delivery_work.of, newsletters_work.of)


def create_app(overrides: Mapping[str, settings.Value] | None = None) -> Flask:
    """The configured application; raises settings.BadSetting for a setting it cannot use."""
    logs.configure()
    given = usable(overrides)
    values = settings.with_secrets(dict(given))
    app = Flask("mailer", template_folder=str(folder("templates")), static_folder="static")
    app.config.from_mapping(values)
    configure(app)
    db.init_app(app)
    for install in INSTALL:
        install(app)
    people.install(app, OPEN_WORK)
    configuration_desk.install(app, given, overrides)
    api_guard.install(app)
    app.before_request(access.check)
    api_guard.install_count(app)
    guard.install(app)
    app.before_request(bounds.check)
    forms.install(app)
    limits.install(app)
    app.after_request(headers.harden)
    looks.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    api_routes.install(app)
    if app.config["DEMO"]:
        demo.install(app)
    if hops := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def usable(overrides: Mapping[str, settings.Value] | None) -> dict[str, settings.Value]:
    """The settings as they were given, looked over."""
    given = settings.load(overrides=overrides)
    checks.check(given)
    return given


def configure(app: Flask) -> None:
    """What Flask and its extensions call the settings."""
    secure = app.config["BASE_URL"].startswith("https:")
    url = app.config["DATABASE_URL"]
    app.config.update(
        SECRET_KEY=app.config["SECRET_KEYS"][-1],
        SECRET_KEY_FALLBACKS=app.config["SECRET_KEYS"][:-1],
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(url),
        MAX_CONTENT_LENGTH=MAX_POST_BYTES,
        TRUSTED_HOSTS=[*app.config["TRUSTED_HOSTS"], urlsplit(app.config["BASE_URL"]).hostname],
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_SAMESITE="Lax",
    )


def engine_options(url: str) -> dict[str, object]:
    """How the engine connects; an error of its must not repeat the values of a statement."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True}
    limits_in_ms = "-c statement_timeout=15000 -c lock_timeout=5000"
    idle = "-c idle_in_transaction_session_timeout=60000"
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "connect_args": {"options": f"{limits_in_ms} {idle}", "application_name": "mailer"},
    }
