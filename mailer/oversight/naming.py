"""Who did something and to what, as people call them, from what the record notes of it."""

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _

from mailer.oversight.words import KINDS

# Pages that show many people at once, by their endpoint.
PAGES: Mapping[str, LazyString] = {
    "api_consents.consents": lazy_gettext("consentements, par l’API"),
    "api_requests.requests": lazy_gettext("demandes, par l’API"),
    "api_subscribers.subscribers": lazy_gettext("abonnés, par l’API"),
    "api_subscriptions.end": lazy_gettext("désabonnement, par l’API"),
    "api_subscriptions.subscriptions": lazy_gettext("abonnements, par l’API"),
    "api_suppressions.suppressions": lazy_gettext("liste d’opposition, par l’API"),
    "bounces.quarantine": lazy_gettext("retours non compris"),
    "colleagues.accounts": lazy_gettext("comptes"),
    "newsletters.trial_groups": lazy_gettext("groupes d’essai"),
    "oversight.record": lazy_gettext("journal"),
    "rights.mails": lazy_gettext("courriels reçus"),
    "rights.queue": lazy_gettext("file des demandes"),
    "rights.search": lazy_gettext("recherche d’une demande"),
    "subscriptions.import_page": lazy_gettext("importation"),
    "subscriptions.search": lazy_gettext("recherche d’abonnés"),
    "subscriptions.subscribers": lazy_gettext("abonnés"),
}

# What a proof or a mail came from, besides what the record is about.
ORIGINS: Mapping[str, LazyString] = {
    "address_change": lazy_gettext("changement d’adresse"),
    "anchor": lazy_gettext("ancre du registre"),
    "breach_person": lazy_gettext("personne prévenue d’une violation"),
    "confirmation": lazy_gettext("courriel de confirmation"),
    "import_question": lazy_gettext("question aux personnes d’une importation"),
    "job": lazy_gettext("tâche automatique"),
    "preference_change": lazy_gettext("changement de préférences"),
    "renewal": lazy_gettext("question de renouvellement"),
}


def who(actor: str, names: Mapping[str, str]) -> str:
    """The one who acted, as people call them."""
    if actor in names:
        return names[actor]
    kind, _colon, rest = actor.partition(":")
    said = {
        "account": lambda: _("Compte fermé %(number)s", number=rest),
        "subject": lambda: _("La personne elle-même"),
        "staff": lambda: _("Un agent du service"),
        "key": lambda: _("Clé d’API %(number)s", number=rest),
        "job": lambda: _("L’outil, de lui-même"),
        "cli": lambda: _("%(name)s, en ligne de commande", name=rest),
        "operator": lambda: _("L’exploitant, en ligne de commande"),
        # As entries said it before the operator had one name.
        "command": lambda: _("L’exploitant, en ligne de commande"),
        "openid": lambda: _("Le fournisseur d’identité"),
    }.get(kind)
    return said() if said else actor


def what(subject: str) -> str:
    """The thing with its kind in words; the rest as it was noted."""
    thing, _space, told = subject.partition(" ")
    kind, _colon, rest = thing.partition(":")
    known = KINDS.get(kind) or ORIGINS.get(kind)
    if not known:
        return subject
    said = PAGES.get(rest, rest) if kind == "page" else rest
    return " ".join(filter(None, (str(known), str(said), told)))
