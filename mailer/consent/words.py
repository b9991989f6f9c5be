"""What the events, the ways they came and where somebody stands are called, for people."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.consent.evidence import Kind, Method
from mailer.consent.states import ALL_LISTS

KINDS: Mapping[Kind, LazyString] = {
    Kind.SIGNUP_REQUESTED: _("Inscription demandée"),
    Kind.CONFIRMATION_SENT: _("Courriel de confirmation envoyé"),
    Kind.CONFIRMED: _("Inscription confirmée"),
    Kind.CONFIRMATION_EXPIRED: _("Confirmation non reçue à temps"),
    Kind.IMPORTED: _("Adresse importée"),
    Kind.RENEWAL_ASKED: _("Renouvellement demandé par courriel"),
    Kind.RENEWED: _("Inscription renouvelée"),
    Kind.LAPSED: _("Inscription éteinte, faute de réponse ou parce que la liste a fermé"),
    Kind.PREFERENCE_CHANGED: _("Préférences changées"),
    Kind.WITHDRAWN: _("Consentement retiré"),
    Kind.OBJECTED: _("Opposition"),
    Kind.COMPLAINED: _("Courriel signalé comme indésirable"),
    Kind.HARD_BOUNCED: _("Courriel revenu : cette boîte n’existe pas"),
    Kind.TRACKING_GRANTED: _("Suivi accepté"),
    Kind.TRACKING_REFUSED: _("Suivi refusé"),
    Kind.TRACKING_WITHDRAWN: _("Accord au suivi retiré"),
    Kind.RESTRICTED: _("Traitement limité"),
    Kind.UNRESTRICTED: _("Fin de la limitation"),
    Kind.RECTIFIED: _("Adresse rectifiée"),
    Kind.ERASED: _("Données effacées"),
    Kind.RESTORED: _("Adresse rétablie : on peut de nouveau lui écrire"),
}

METHODS: Mapping[Method, LazyString] = {
    Method.WEB_FORM: _("par le formulaire d’inscription"),
    Method.CONFIRM_POST: _("par le bouton de confirmation, depuis la boîte"),
    Method.ONE_CLICK_POST: _("par le bouton du logiciel de messagerie"),
    Method.MAILTO: _("par un courriel"),
    Method.PREFERENCE_PAGE: _("par une page de ce site"),
    Method.STAFF: _("par une personne du service"),
    Method.IMPORT: _("par un fichier importé"),
    Method.API: _("par un autre programme"),
    Method.FEEDBACK_LOOP: _("par le signalement d’un fournisseur de messagerie"),
    Method.BOUNCE: _("par le retour d’un courriel"),
    Method.JOB: _("par une tâche automatique"),
    Method.RIGHTS_REQUEST: _("par une demande sur les données personnelles"),
}

PURPOSES: Mapping[str, LazyString] = {
    ALL_LISTS: _("Toutes les lettres"),
    "track:opens": _("Mesure des ouvertures"),
    "track:clicks": _("Mesure des clics"),
}


def purpose(name: str, labels: Mapping[str, str]) -> str:
    """The purpose for people: a list by the label that its form showed, else by its short name."""
    if known := PURPOSES.get(name):
        return str(known)
    slug = name.partition(":")[2]
    return labels.get(slug, slug)
