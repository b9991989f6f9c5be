"""What each role is for, as the desk says it where roles are given and where one is lacking."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.accounts.roles import ConflictOfInterests, Role, conflicts


@dataclass(frozen=True)
class Meaning:
    """The name of a role as it stands in a sentence, what it opens, and what stays closed to it."""

    name: LazyString
    opens: LazyString
    closed: LazyString

    @property
    def title(self) -> LazyString:
        """The name where it stands alone."""
        return LazyString(lambda: _capitalised(str(self.name)))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


MEANINGS: Mapping[Role, Meaning] = {
    Role.EDITOR: Meaning(
        _("rédaction"),
        _(
            "Écrit les lettres à partir des articles, règle leur apparence, les essaie, demande "
            "leur approbation."
        ),
        _("N’envoie rien, ne voit ni les abonnés ni les demandes sur les données."),
    ),
    Role.APPROVER: Meaning(
        _("approbation"),
        _("Relit et approuve les lettres que d’autres ont écrites, et leurs objets à l’essai."),
        _("Ne change pas les lettres, n’envoie rien, ne voit ni les abonnés ni les demandes."),
    ),
    Role.SENDER: Meaning(
        _("envoi"),
        _(
            "Envoie les lettres approuvées, les met en pause, les arrête, lit leurs résultats et "
            "leurs retours."
        ),
        _("N’emporte aucune adresse, ne voit ni la liste des abonnés ni les demandes."),
    ),
    Role.SUBSCRIBERS: Meaning(
        _("abonnés"),
        _(
            "Tient les listes et voit les personnes inscrites, reprend et emporte des adresses, "
            "retrouve leurs preuves."
        ),
        _("N’écrit ni n’envoie aucune lettre, ne voit pas les demandes."),
    ),
    Role.DPO: Meaning(
        _("protection des données"),
        _(
            "Instruit les demandes, tient les violations, les notices, le registre et les durées "
            "de conservation."
        ),
        _("N’écrit ni n’envoie aucune lettre d’information."),
    ),
    Role.ADMIN: Meaning(
        _("administration"),
        _(
            "Voit les réglages, les travaux, les retours et les compteurs, tient les listes et "
            "leur apparence."
        ),
        _("N’ouvre aucune demande, ne voit ni n’emporte la liste des abonnés, n’envoie rien."),
    ),
}

WARNINGS: Mapping[Role, LazyString] = {
    Role.SENDER: _(
        "Vous êtes déléguée ou délégué, et vous envoyez aussi les lettres : vous auriez à juger "
        "vos propres envois."
    ),
    Role.ADMIN: _(
        "Vous êtes déléguée ou délégué, et vous administrez aussi ce service : vous auriez à "
        "juger vos propres réglages."
    ),
}


def names(held: Iterable[str]) -> str:
    """The roles in one text, in the order in which the desk names them."""
    roles = set(held)
    return ", ".join(str(meaning.name) for role, meaning in MEANINGS.items() if role in roles)


def warning(conflict: ConflictOfInterests) -> LazyString:
    """What is said to the person who holds both."""
    return WARNINGS[conflict.other]


def told(roles: Collection[str]) -> list[str]:
    """What the list of accounts says of a person: the pairs of roles that should not meet."""
    pairs = [(MEANINGS[each.officer], MEANINGS[each.other]) for each in conflicts(roles)]
    return [f"{officer.title} + {other.title}" for officer, other in pairs]
