"""The roles in a list of them; what each is for stands in role_words.py."""

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


def names(held: Iterable[str]) -> str:
    """The roles in one text, in the order in which the desk names them."""
    roles = set(held)
    return ", ".join(str(label) for role, label in ROLES.items() if role in roles)
