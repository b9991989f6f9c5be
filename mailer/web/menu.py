"""The desk's menu: endpoints by name, so that the web knows no domain."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, g, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.web.access import roles_of


@dataclass(frozen=True)
class MenuEntry:
    """A link of the desk's menu and what it is for; shown to whom its route is open."""

    endpoint: str
    label: LazyString
    purpose: LazyString
    # The entry whose page shows this one, when it is not in the menu itself.
    within: str = ""


COMPLIANCE = "consent.compliance"


MENU = (
    MenuEntry(
        "articles.recent",
        _("Articles"),
        _("Ce que vos sites viennent de publier, et les sources d’où cela vient."),
    ),
    MenuEntry(
        "newsletters.letters",
        _("Lettres"),
        _("Composez une lettre à partir d’articles, relisez-la, essayez-la."),
    ),
    MenuEntry(
        "newsletters.approvals",
        _("À approuver"),
        _("Les lettres que des collègues ont écrites et vous demandent d’approuver."),
    ),
    MenuEntry(
        "newsletters.automatic",
        _("Automatiques"),
        _("Des lettres qui se composent seules, à leur heure, de ce qui est nouveau."),
    ),
    MenuEntry(
        "delivery.campaigns",
        _("Envois"),
        _("Envoyez une lettre, suivez son départ, lisez ce qu’il en est advenu."),
    ),
    MenuEntry(
        "bounces.quarantine",
        _("Retours à voir"),
        _("Les courriels revenus qu’aucune règle n’a compris."),
        "bounces.returns",
    ),
    MenuEntry(
        "bounces.returns",
        _("Retours"),
        _("Ce qui revient des lettres : pourquoi, de quelles messageries, et que faire."),
    ),
    MenuEntry(
        "subscriptions.subscribers",
        _("Abonnés"),
        _("Les listes, et les personnes qui ont demandé à les recevoir."),
    ),
    MenuEntry(
        "delivery.segments",
        _("Segments"),
        _("À qui, sur une liste, une lettre est destinée : dit en toutes lettres, et compté."),
    ),
    MenuEntry(
        "worker.works",
        _("Travaux"),
        _("Ce qui se fait derrière les pages : qui travaille, et quand chaque tâche est revenue."),
    ),
    MenuEntry(
        "consent.proofs",
        _("Preuves"),
        _("À quoi une personne a dit oui, quand et devant quel texte."),
        COMPLIANCE,
    ),
    MenuEntry(
        "consent.notices",
        _("Notices"),
        _("Ce que les gens lisent de l’usage de leur adresse, et ce qu’il y manque."),
        COMPLIANCE,
    ),
    MenuEntry(
        "rights.queue",
        _("Demandes"),
        _("Les demandes sur les données personnelles, la plus urgente d’abord."),
    ),
    MenuEntry(
        "breaches.register",
        _("Violations"),
        _("Les incidents de données, le délai qui court, et qui en a été prévenu."),
    ),
    MenuEntry(
        "abuse.counts",
        _("Abus"),
        _("Ce qui arrive par les formulaires publics, et les plafonds qui les protègent."),
        COMPLIANCE,
    ),
    MenuEntry(
        "oversight.record",
        _("Journal"),
        _("Qui a fait quoi au bureau, et qui a consulté les données de qui."),
        COMPLIANCE,
    ),
    MenuEntry(
        "register.sheet",
        _("Registre"),
        _("Les traitements de données, tels que l’outil les fait, et ce qui y a changé."),
        COMPLIANCE,
    ),
    MenuEntry(
        "retention.schedule",
        _("Conservation"),
        _("Combien de temps chaque donnée est gardée, et ce qui a été effacé."),
        COMPLIANCE,
    ),
    MenuEntry(
        COMPLIANCE,
        _("Conformité"),
        _("Notices, preuves, registre, durées de conservation, abus."),
    ),
)


def install(app: Flask) -> None:
    """Give every template the entries that its reader may open."""

    @app.context_processor
    def menu() -> dict[str, object]:
        entries = [entry for entry in MENU if _is_open(app, entry)]
        top = [entry for entry in entries if not entry.within]
        return {"menu": top, "here": _top(_here(entries)), "compliance": _below(entries)}


def _below(entries: Sequence[MenuEntry]) -> list[MenuEntry]:
    return [entry for entry in entries if entry.within == COMPLIANCE]


def _top(entry: MenuEntry | None) -> str:
    """The entry of the menu that leads there."""
    return entry.within or entry.endpoint if entry else ""


def _here(entries: Sequence[MenuEntry]) -> MenuEntry | None:
    """The entry that the page is under: of a domain with several, the one whose address it has."""
    domain = (request.endpoint or "").partition(".")[0]
    theirs = [entry for entry in entries if entry.endpoint.partition(".")[0] == domain]
    above = (entry for entry in theirs if request.path.startswith(url_for(entry.endpoint)))
    return next(above, theirs[0] if theirs else None)


def _is_open(app: Flask, entry: MenuEntry) -> bool:
    if entry.endpoint not in app.view_functions:
        return False
    return bool((roles_of(app, entry.endpoint) or frozenset()) & g.get("roles", frozenset()))
