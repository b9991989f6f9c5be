"""The settings as the desk tells them: each group, and what each setting does."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.configuration.mail_words import MAIL
from mailer.configuration.office_words import OFFICE

# By the title in config.py.
GROUPS: Mapping[str, LazyString] = {
    "Who writes": _("Qui écrit"),
    "Where it is reached": _("Où l’outil se trouve"),
    "Secrets": _("Secrets"),
    "Where data lies": _("Où sont les données"),
    "Mail": _("Courriel"),
    "Pace": _("Allure des envois"),
    "Return paths and signatures": _("Retours et signatures"),
    "Mailboxes that are read for requests": _("Boîtes lues pour les demandes"),
    "The mailbox that mails come back to": _("Boîte où reviennent les courriels"),
    "What sending services tell": _("Ce que disent les services d’envoi"),
    "Measuring": _("Mesures"),
    "Feeds": _("Flux"),
    "Public forms": _("Formulaires publics"),
    "Imports and exports": _("Importations et exportations"),
    "Watching": _("Surveillance"),
    "Signing in to the desk": _("Connexion au bureau"),
    "Watching it": _("Supervision"),
    "Demonstration": _("Démonstration"),
}
MEANINGS: Mapping[str, LazyString] = OFFICE | MAIL
