"""The roles, in the words of the desk."""

from collections.abc import Iterable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.accounts.roles import Role

ROLES: dict[Role, LazyString] = {
    Role.EDITOR: _("rédaction"),
    Role.SENDER: _("envoi"),
    Role.APPROVER: _("approbation"),
    Role.SUBSCRIBERS: _("abonnés"),
    Role.DPO: _("protection des données"),
    Role.ADMIN: _("administration"),
}
# What each opens, for whoever gives it.
OPENS: dict[Role, LazyString] = {
    Role.EDITOR: _("écrire des lettres et choisir les articles"),
    Role.SENDER: _("envoyer les lettres et suivre les envois"),
    Role.APPROVER: _("approuver ce que d’autres ont écrit"),
    Role.SUBSCRIBERS: _("gérer les listes et les abonnés"),
    Role.DPO: _("répondre aux demandes sur les données personnelles"),
    Role.ADMIN: _("gérer les comptes et l’état du service"),
}


def names(held: Iterable[str]) -> str:
    """The roles in one text, in the order in which the desk names them."""
    roles = set(held)
    return ", ".join(str(label) for role, label in ROLES.items() if role in roles)
