"""The desk's menu: endpoints by name, so that the web knows no domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.web.access import roles_of


class Part(StrEnum):
    """A part of the desk, by the key that leads to it after g (static/shortcuts.js)."""

    LETTERS = "l"
    MAILINGS = "e"
    READERS = "a"
    REQUESTS = "d"
    COMPLIANCE = "c"
    ADMINISTRATION = "m"


PARTS = {
    Part.LETTERS: _("Lettres"),
    Part.MAILINGS: _("Envois"),
    Part.READERS: _("Abonnés"),
    Part.REQUESTS: _("Demandes"),
    Part.COMPLIANCE: _("Conformité"),
    Part.ADMINISTRATION: _("Administration"),
}


@dataclass(frozen=True)
class MenuEntry:
    """A link of the desk's menu and what it is for; shown to whom its route is open."""

    endpoint: str
    label: LazyString
    purpose: LazyString
    # The entry whose page shows this one, when it is not in the menu itself.
    within: str = ""
    part: Part = Part.ADMINISTRATION


@dataclass(frozen=True)
class Heading:
    """A part of the desk that is open to the reader: its first page, and all of its pages."""

    part: Part
    label: LazyString
    entries: Sequence[MenuEntry]

    @property
    def endpoint(self) -> str:
        return self.entries[0].endpoint


COMPLIANCE = "consent.compliance"


MENU = (
    MenuEntry(
        "newsletters.letters",
        _("Lettres"),
        _("Composez une lettre à partir d’articles, relisez-la, essayez-la."),
        part=Part.LETTERS,
    ),
    MenuEntry(
        "articles.recent",
        _("Articles"),
        _("Ce que vos sites viennent de publier, et les sources d’où cela vient."),
        part=Part.LETTERS,
    ),
    MenuEntry(
        "newsletters.approvals",
        _("À approuver"),
        _("Les lettres que des collègues ont écrites et vous demandent d’approuver."),
        part=Part.LETTERS,
    ),
    MenuEntry(
        "newsletters.automatic",
        _("Automatiques"),
        _("Des lettres qui se composent seules, à leur heure, de ce qui est nouveau."),
        part=Part.LETTERS,
    ),
    MenuEntry(
        "delivery.sequences",
        _("Bienvenue"),
        _("Ce que reçoivent les nouveaux abonnés d’une liste : le jour même, puis les suivants."),
        part=Part.LETTERS,
    ),
    MenuEntry(
        "delivery.campaigns",
        _("Envois"),
        _("Envoyez une lettre, suivez son départ, lisez ce qu’il en est advenu."),
        part=Part.MAILINGS,
    ),
    MenuEntry(
        "bounces.quarantine",
        _("Retours à voir"),
        _("Les courriels revenus qu’aucune règle n’a compris."),
        "bounces.returns",
        part=Part.MAILINGS,
    ),
    MenuEntry(
        "bounces.returns",
        _("Retours"),
        _("Ce qui revient des lettres : pourquoi, de quelles messageries, et que faire."),
        part=Part.MAILINGS,
    ),
    MenuEntry(
        "subscriptions.subscribers",
        _("Abonnés"),
        _("Les personnes qui ont demandé à recevoir vos lettres : les trouver, les importer."),
        part=Part.READERS,
    ),
    MenuEntry(
        "subscriptions.lists",
        _("Listes"),
        _("Ce que l’on peut recevoir, et combien de personnes le reçoivent."),
        part=Part.READERS,
    ),
    MenuEntry(
        "rights.queue",
        _("Demandes"),
        _("Les demandes sur les données personnelles, la plus urgente d’abord."),
        part=Part.REQUESTS,
    ),
    MenuEntry(
        "breaches.register",
        _("Violations"),
        _("Les incidents de données, le délai qui court, et qui en a été prévenu."),
        part=Part.REQUESTS,
    ),
    MenuEntry(
        COMPLIANCE,
        _("Conformité"),
        _("Notices, preuves, registre, durées de conservation, abus."),
        part=Part.COMPLIANCE,
    ),
    MenuEntry(
        "consent.proofs",
        _("Preuves"),
        _("À quoi une personne a dit oui, quand et devant quel texte."),
        part=Part.COMPLIANCE,
    ),
    MenuEntry(
        "consent.notices",
        _("Notices"),
        _("Ce que les gens lisent de l’usage de leur adresse, et ce qu’il y manque."),
        part=Part.COMPLIANCE,
    ),
    MenuEntry(
        "register.sheet",
        _("Registre"),
        _("Les traitements de données, tels que l’outil les fait, et ce qui y a changé."),
        part=Part.COMPLIANCE,
    ),
    MenuEntry(
        "retention.schedule",
        _("Conservation"),
        _("Combien de temps chaque donnée est gardée, et ce qui a été effacé."),
        part=Part.COMPLIANCE,
    ),
    MenuEntry(
        "oversight.record",
        _("Journal"),
        _("Qui a fait quoi au bureau, et qui a consulté les données de qui."),
        part=Part.COMPLIANCE,
    ),
    MenuEntry(
        "abuse.counts",
        _("Abus"),
        _("Ce qui arrive par les formulaires publics, et les plafonds qui les protègent."),
        part=Part.COMPLIANCE,
    ),
    MenuEntry(
        "delivery.segments",
        _("Segments"),
        _("À qui, sur une liste, une lettre est destinée : dit en toutes lettres, et compté."),
        part=Part.READERS,
    ),
    MenuEntry(
        "colleagues.accounts",
        _("Comptes"),
        _("Les personnes qui travaillent ici : les inviter, leurs rôles, fermer un compte."),
    ),
    MenuEntry(
        "keys.keys",
        _("Clés d’API"),
        _("Les programmes qui entrent ici : ce que chacun peut faire, et jusqu’à quand."),
    ),
    MenuEntry(
        "webhooks.endpoints",
        _("Webhooks"),
        _("Les programmes prévenus de ce qui se passe ici, et ce qu’ils ont reçu."),
    ),
    MenuEntry(
        "worker.works",
        _("Travaux"),
        _("Ce qui se fait derrière les pages : qui travaille, et quand chaque tâche est revenue."),
    ),
    MenuEntry(
        "configuration.settings",
        _("Réglages"),
        _("Ce que fait chaque réglage, sa valeur, et d’où elle vient."),
    ),
)


def install(app: Flask) -> None:
    """Give every template the parts that its reader may open, and where the page stands."""

    @app.context_processor
    def menu() -> dict[str, object]:
        entries = [entry for entry in MENU if opens(entry.endpoint)]
        shown = [entry for entry in entries if not entry.within]
        here = _here(entries)
        return {
            "opens": opens,
            "menu": shown,
            "headings": _headings(shown),
            "here": _shown_as(here),
            "part": here.part if here else None,
            "compliance": _below(shown),
        }


def opens(endpoint: str) -> bool:
    """Whether the roles of the reader open that page."""
    if endpoint not in current_app.view_functions:
        return False
    allowed = roles_of(current_app, endpoint) or frozenset()
    return bool(allowed & g.get("roles", frozenset()))


def _headings(entries: Sequence[MenuEntry]) -> list[Heading]:
    found = ((part, _of(entries, part)) for part in Part)
    return [Heading(part, PARTS[part], theirs) for part, theirs in found if theirs]


def _of(entries: Sequence[MenuEntry], part: Part) -> list[MenuEntry]:
    return [entry for entry in entries if entry.part is part]


def _below(entries: Sequence[MenuEntry]) -> list[MenuEntry]:
    """What the page of compliance leads to: the part without itself."""
    return [each for each in _of(entries, Part.COMPLIANCE) if each.endpoint != COMPLIANCE]


def _shown_as(entry: MenuEntry | None) -> str:
    """The entry of the menu that leads there."""
    return entry.within or entry.endpoint if entry else ""


def _here(entries: Sequence[MenuEntry]) -> MenuEntry | None:
    """The entry that the page is under: the one whose address it has, its domain's own first."""
    domain = (request.endpoint or "").partition(".")[0]
    theirs = [entry for entry in entries if entry.endpoint.partition(".")[0] == domain]
    above = (entry for entry in [*theirs, *entries] if request.path.startswith(_path(entry)))
    return next(above, theirs[0] if theirs else None)


def _path(entry: MenuEntry) -> str:
    """Without the language, which an address may carry behind it."""
    return urlsplit(url_for(entry.endpoint)).path
