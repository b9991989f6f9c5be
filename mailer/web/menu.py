"""The desk's menu: endpoints by name, so that the web knows no domain."""

from flask import Flask, g, request
from flask_babel import lazy_gettext as _

from mailer.web.pages import MenuEntry

MENU = (
    MenuEntry("articles.recent", _("Articles"), "editor"),
    MenuEntry("newsletters.letters", _("Lettres"), "editor"),
    MenuEntry("delivery.campaigns", _("Envois"), "editor"),
    MenuEntry("subscriptions.subscribers", _("Abonnés"), "subscribers"),
    MenuEntry("rights.queue", _("Demandes"), "dpo"),
)


def install(app: Flask) -> None:
    """Give every template the entries that its reader may open."""

    @app.context_processor
    def menu() -> dict[str, object]:
        roles = g.get("roles") or ()
        known = app.view_functions
        entries = [entry for entry in MENU if entry.role in roles and entry.endpoint in known]
        here = (request.endpoint or "").partition(".")[0]
        return {"menu": entries, "here": here}
