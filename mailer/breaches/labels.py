"""What the kinds of an incident are called, in the reader's words; where they are the form's."""

from flask_babel import lazy_gettext as _

from mailer.breaches.duties import Duty, Refusal
from mailer.breaches.kinds import (
    Cause,
    Data,
    Exemption,
    Nature,
    People,
    Phase,
    Reach,
    Risk,
    Told,
)
from mailer.breaches.queries import View

NATURES = {
    Nature.CONFIDENTIALITY: _("Perte de confidentialité : des données ont été vues ou prises"),
    Nature.INTEGRITY: _("Perte d’intégrité : des données ont été modifiées"),
    Nature.AVAILABILITY: _("Perte de disponibilité : des données manquent ou sont détruites"),
}
DATA = {
    Data.CONTACT: _("Coordonnées (adresse e-mail)"),
    Data.IDENTITY: _("État civil (nom, prénom)"),
    Data.CHOICES: _("Listes et préférences choisies"),
    Data.HISTORY: _("Lettres envoyées, dates et suites"),
    Data.NETWORK: _("Données de connexion (réseau, programme)"),
    Data.ACCESS: _("Identifiants et secrets d’accès"),
    Data.REQUESTS: _("Demandes de droits et leurs pièces"),
    Data.SENSITIVE: _("Données sensibles ou de condamnations"),
    Data.OTHER: _("Autres données"),
}
PEOPLE = {
    People.SUBSCRIBERS: _("Abonnés"),
    People.FORMER: _("Anciens abonnés"),
    People.REQUESTERS: _("Personnes ayant adressé une demande"),
    People.STAFF: _("Agents de l’organisme"),
    People.MINORS: _("Mineurs"),
    People.OTHER: _("Autres personnes"),
}
CAUSES = {
    Cause.UNKNOWN: _("Pas encore connue"),
    Cause.INTERNAL_ACCIDENT: _("Erreur ou accident interne"),
    Cause.INTERNAL_ACT: _("Acte interne malveillant"),
    Cause.EXTERNAL_ACCIDENT: _("Erreur ou accident externe"),
    Cause.EXTERNAL_ACT: _("Acte externe malveillant"),
}
RISKS = {
    Risk.NONE: _("Pas de risque vraisemblable : à documenter seulement"),
    Risk.RISK: _("Risque : à notifier à la CNIL"),
    Risk.HIGH: _("Risque élevé : à notifier, et à dire aux personnes"),
}
SHORT_RISKS = {
    None: _("À évaluer"),
    Risk.NONE: _("Sans risque"),
    Risk.RISK: _("Risque"),
    Risk.HIGH: _("Risque élevé"),
}
PHASES = {
    Phase.WHOLE: _("Notification complète"),
    Phase.INITIAL: _("Notification initiale, à compléter"),
    Phase.COMPLEMENT: _("Notification complémentaire"),
}
EXEMPTIONS = {
    Exemption.UNINTELLIGIBLE: _("Les données étaient illisibles pour qui les a eues (chiffrées)"),
    Exemption.MITIGATED: _("Des mesures prises depuis écartent le risque élevé"),
    Exemption.PUBLISHED: _("Écrire à chacun serait disproportionné : communication publique"),
}
REACHES = {
    Reach.LISTS: _("Les personnes inscrites aujourd’hui à ces listes"),
    Reach.PERIOD: _("Les personnes inscrites entre deux dates, même parties depuis"),
    Reach.CAMPAIGN: _("Les personnes qui ont reçu un envoi"),
    Reach.IMPORT: _("Les personnes d’un fichier importé"),
    Reach.ALL: _("Toutes les personnes dont nous avons l’adresse"),
}
TOLD = {
    Told.WAITING: _("En attente"),
    Told.QUEUED: _("En route"),
    Told.SENT: _("Remises au relais"),
    Told.FAILED: _("Échouées"),
    Told.UNREACHABLE: _("Sans adresse"),
}
DUTIES = {
    Duty.DESCRIBE: _("Décrire l’incident : nature, données, personnes, conséquences et mesures."),
    Duty.ASSESS: _("Évaluer le risque pour les personnes."),
    Duty.EXPLAIN_RISK: _("Écrire ce qui fonde le niveau de risque."),
    Duty.NOTIFY: _("Notifier à la CNIL, et noter ici son numéro."),
    Duty.COMPLETE: _("Compléter la notification initiale."),
    Duty.TELL: _("Prévenir les personnes, ou écrire pourquoi ce n’est pas requis."),
}
# Why something may not happen, and how to mend it.
REFUSALS = {
    Refusal.IS_CLOSED: _("Ce dossier est clos : il se lit, et ne change plus."),
    Refusal.NOT_THAT_PHASE: _(
        "Cette notification ne suit pas la précédente. Rechargez la page et choisissez de nouveau."
    ),
    Refusal.NOT_YET_KNOWN: _(
        "La notification vient après la prise de connaissance, et pas dans le futur. Vérifiez la"
        " date."
    ),
    Refusal.NO_DELAY_REASONS: _(
        "Cette notification vient après le délai. Écrivez les raisons du retard : la CNIL les"
        " demande."
    ),
    Refusal.NO_SCOPE: _("Dites d’abord quelles personnes sont touchées."),
    Refusal.NOBODY: _("Personne n’est dans ce périmètre. Choisissez-en un autre."),
    Refusal.LETTER_LEFT: _("Cette lettre est partie : elle ne change plus."),
}
VIEWS = {View.ALL: _("Toutes"), View.OPEN: _("En cours"), View.CLOSED: _("Closes")}
LANGUAGES = {"fr": "Français", "en": "English"}
