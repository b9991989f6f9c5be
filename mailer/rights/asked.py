"""What a visitor may ask for, and for whom, in plain words: the act, then one sentence about it."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer import rulebook
from mailer.rights.kinds import Right
from mailer.rights.requesters import Requester

# The box of who tells that somebody has died: the right is the same as for directives, and who
# asks is an heir (loi 78-17 art. 85).
DEATH = "death"

ASKED: Mapping[str, tuple[LazyString, LazyString]] = {
    Right.ACCESS: (_("Savoir ce que vous avez sur moi"), _("Nous vous en remettons une copie.")),
    Right.RECTIFICATION: (
        _("Corriger mes données"),
        _("Dites dans le message ce qui est à changer."),
    ),
    Right.OBJECTION: (
        _("Ne plus recevoir aucune lettre"),
        _("Effet immédiat : plus aucun envoi ne part vers cette adresse."),
    ),
    Right.WITHDRAWAL: (
        _("Retirer mon accord"),
        _("Effet immédiat, pour toutes nos lettres. Celles déjà envoyées restent licites."),
    ),
    Right.ERASURE: (
        _("Effacer mes données"),
        _("Nous vous dirons ce qui est effacé, et ce que la loi nous fait garder."),
    ),
    Right.RESTRICTION: (
        _("Mettre mes données de côté"),
        _("Nous les gardons sans nous en servir, le temps de régler un désaccord."),
    ),
    Right.PORTABILITY: (
        _("Récupérer mes données"),
        _("Dans un fichier qu’un autre service peut relire."),
    ),
    Right.POST_MORTEM: (
        _("Laisser des consignes pour après ma mort"),
        _("Écrivez-les dans le message, et à qui les confier si vous le souhaitez."),
    ),
    DEATH: (
        _("Signaler un décès"),
        _("Les envois à cette personne cessent aussitôt."),
    ),
    Right.UNCLEAR: (_("Autre chose"), _("Décrivez votre demande dans le message, avec vos mots.")),
}

FOR_WHOM: Mapping[Requester, LazyString] = {
    Requester.SELF: _("Pour moi"),
    Requester.MANDATE: _("Pour quelqu’un qui m’en a donné mandat"),
    Requester.PARENT: _(
        "Pour mon enfant de moins de %(age)s ans", age=rulebook.load().figures.minor_age.value
    ),
    Requester.HEIR: _("Pour quelqu’un qui est mort"),
}

# Each by its own name.
LANGUAGES = {"fr": "Français", "en": "English"}
