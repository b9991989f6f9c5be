"""The names of tables and of kinds of data, for the copy of one's data and for the register."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.personal import Category, Personal, Purpose
from mailer.register.columns import COLUMNS

TABLES: dict[str, LazyString] = {
    "account": _("Compte du bureau"),
    "account_identity": _("Identités d’un compte du bureau chez un fournisseur"),
    "account_role": _("Rôles d’un compte du bureau"),
    "address_change": _("Changements d’adresse demandés"),
    "api_key": _("Clés d’API faites au bureau"),
    "asked_mail": _("Compteur des courriels demandés pour une adresse"),
    "audit_entry": _("Journal de ce qui a été fait et consulté au bureau"),
    "breach_person": _("Personnes prévenues d’une violation de données"),
    "campaign": _("Envois décidés au bureau"),
    "subject_test": _("Objets de lettres choisis ou approuvés au bureau"),
    "digest": _("Lettres automatiques mises en marche au bureau"),
    "sequence": _("Séries de lettres mises en marche au bureau"),
    "confirmation": _("Courriels de confirmation"),
    "confirmation_line": _("Listes nommées dans un courriel de confirmation"),
    "consent_event": _("Preuves d’accord, de refus et de retrait"),
    "consent_state": _("Accords et refus en cours"),
    "counter": _("Compteurs contre les abus"),
    "delivery": _("Lettres envoyées"),
    "erasure": _("Journal des effacements"),
    "hit": _("Ouvertures et clics mesurés avec accord"),
    "import": _("Fichiers importés"),
    "import_row": _("Adresses d’un fichier importé, en attente"),
    "incoming_mail": _("Courriels reçus"),
    "last_open": _("Jour de la dernière ouverture"),
    "passkey": _("Clés d’accès d’un compte du bureau"),
    "recovery_code": _("Codes de secours d’un compte du bureau"),
    "totp_key": _("Application qui donne des codes à un compte du bureau"),
    "trial_reader": _("Groupes d’essai des lettres"),
    "preference_change": _("Changements de préférences"),
    "issue_revision": _("Versions successives d’une lettre"),
    "letter_event": _("Lettres rédigées et approuvées"),
    "outbox_message": _("Courriels à une personne"),
    "provider_event": _("Suites des lettres, dites par un service d’envoi"),
    "returned_mail": _("Courriels revenus ou reçus en réponse à une lettre"),
    "renewal": _("Questions de renouvellement"),
    "rights_correction": _("Corrections faites à la suite d’une demande"),
    "rights_document": _("Pièces d’une demande"),
    "rights_extension": _("Prolongation d’une demande"),
    "rights_handover": _("Copies remises par lien et code"),
    "rights_identity_question": _("Questions d’identité d’une demande"),
    "rights_note": _("Notes d’une demande"),
    "rights_task": _("Vérifications et sous-traitants prévenus d’une demande"),
    "rights_deadline_warning": _("Rappels d’échéance d’une demande"),
    "rights_letter": _("Lettres d’une demande"),
    "rights_request": _("Demandes sur les données personnelles"),
    "rights_request_line": _("Droits exercés dans une demande"),
    "segment": _("Segments dessinés au bureau"),
    "invitation": _("Invitations au bureau"),
    "session": _("Sessions au bureau"),
    "sign_in": _("Connexions au bureau"),
    "subject_key": _("Clé qui protège les preuves d’une personne"),
    "subscriber": _("Adresse et langue"),
    "subscription": _("Inscriptions aux listes"),
    "suppression": _("Liste d’opposition"),
}

CATEGORIES: dict[Category, LazyString] = {
    Category.EMAIL: _("adresse e-mail"),
    Category.FINGERPRINT: _("empreinte de l’adresse (pseudonyme)"),
    Category.NAME: _("nom"),
    Category.POSTAL: _("adresse postale"),
    Category.CHOICE: _("choix exprimés"),
    Category.HISTORY: _("dates et suites données"),
    Category.NETWORK: _("réseau d’origine et programme employé"),
    Category.MESSAGE: _("contenu des messages"),
    Category.NOTE: _("motifs notés par un agent"),
    Category.SECRET: _("secrets d’accès et de chiffrement"),
    Category.ENGAGEMENT: _("ouvertures et clics"),
    Category.REFERENCE: _("renvois par numéro"),
}

PURPOSES: dict[Purpose, LazyString] = {
    Purpose.NEWSLETTER: _("Envoyer les lettres demandées"),
    Purpose.PROOF: _("Prouver l’accord de chaque personne"),
    Purpose.OPPOSITION_LIST: _("Ne plus écrire à qui s’y est opposé"),
    Purpose.MEASUREMENT: _("Mesurer la lecture des lettres, avec accord"),
    Purpose.RIGHTS: _("Répondre aux demandes sur les données personnelles"),
    Purpose.BREACH: _("Prévenir les personnes d’une violation de données"),
    Purpose.SECURITY: _("Protéger le service et en tracer l’usage"),
    Purpose.STAFF: _("Gérer les comptes du bureau"),
}


# Columns of a table that are kept for another time than its rows.
KEPT_APART: Mapping[tuple[str, str], LazyString] = {
    ("consent_event", "consent_ip_months"): _("Réseau d’où un accord a été donné"),
    ("incoming_mail", "set_aside_days"): _("Courriels reçus et classés sans suite"),
}


def kept(name: str, figure: str) -> str:
    """What of a table that figure keeps, in words."""
    return str(KEPT_APART.get((name, figure)) or table(name))


def table(name: str) -> str:
    """The title of the table; one without a title is named as it is stored."""
    return str(TABLES.get(name, name))


def column(name: str, said: Personal) -> str:
    """What the column holds: its own name in words, or that of its kind."""
    return str(COLUMNS.get(name, CATEGORIES[said.category]))
