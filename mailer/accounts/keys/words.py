"""What each scope lets a program do, in plain words."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.accounts.keys.scopes import Scope

SCOPES: Mapping[Scope, LazyString] = {
    Scope.LISTS_READ: _("Lire les listes"),
    Scope.LISTS_WRITE: _("Créer et modifier des listes"),
    Scope.SUBSCRIBERS_READ: _("Voir les personnes inscrites et leurs adresses"),
    Scope.CONSENTS_READ: _("Lire à quoi une personne a consenti"),
    Scope.SUBSCRIPTIONS_READ: _("Lire qui reçoit quelle liste"),
    Scope.SUBSCRIPTIONS_WRITE: _("Inscrire, avec confirmation par courriel, et désinscrire"),
    Scope.SUPPRESSIONS_READ: _("Lire les empreintes de la liste d’opposition"),
    Scope.SUPPRESSIONS_WRITE: _("Ajouter une adresse à la liste d’opposition"),
    Scope.ARTICLES_READ: _("Lire les articles"),
    Scope.ARTICLES_WRITE: _("Écrire, modifier et retirer des articles"),
    Scope.LETTERS_READ: _("Lire les lettres"),
    Scope.LETTERS_WRITE: _("Écrire des brouillons de lettres"),
    Scope.CAMPAIGNS_READ: _("Suivre les envois"),
    Scope.CAMPAIGNS_SEND: _("Programmer, suspendre et arrêter des envois de lettres approuvées"),
    Scope.MESSAGES_SEND: _("Envoyer une lettre approuvée à une seule personne"),
    Scope.REQUESTS_READ: _("Lire les demandes de droits"),
    Scope.REQUESTS_WRITE: _("Enregistrer des demandes de droits"),
    Scope.WEBHOOKS_READ: _("Voir les webhooks"),
    Scope.WEBHOOKS_WRITE: _("Régler les webhooks"),
}
