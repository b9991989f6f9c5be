"""Rights, outcomes, states, channels and holidays in the reader's words."""

from flask_babel import lazy_gettext as _

from mailer.rights.deadlines import Cause
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import Channel
from mailer.rights.states import Outcome, State

RIGHTS = {
    Right.ACCESS: _("Accès"),
    Right.RECTIFICATION: _("Rectification"),
    Right.OBJECTION: _("Opposition"),
    Right.ERASURE: _("Effacement"),
    Right.RESTRICTION: _("Limitation"),
    Right.PORTABILITY: _("Portabilité"),
    Right.WITHDRAWAL: _("Retrait du consentement"),
    Right.POST_MORTEM: _("Directives après un décès"),
    Right.UNCLEAR: _("À préciser"),
}

# What a visitor reads: the act, then one sentence about it.
ASKED = {
    Right.ACCESS: (_("Savoir ce que vous avez sur moi"), _("Nous vous en remettons une copie.")),
    Right.RECTIFICATION: (
        _("Corriger mes données"),
        _("Dites dans le message ce qui est à changer."),
    ),
    Right.OBJECTION: (
        _("Ne plus recevoir aucune lettre"),
        _("Effet immédiat : plus aucun envoi ne part vers cette adresse."),
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
    Right.UNCLEAR: (_("Autre chose"), _("Décrivez votre demande dans le message, avec vos mots.")),
}

STATES = {
    State.RECEIVED: _("À traiter"),
    State.ANSWERED: _("Réponse envoyée"),
    State.WITHDRAWN: _("Retirée par la personne"),
    State.DUPLICATE: _("Doublon"),
    State.NOT_A_REQUEST: _("Sans objet"),
}

OUTCOMES = {
    Outcome.GRANTED: _("Accordé"),
    Outcome.PARTLY: _("Accordé en partie"),
    Outcome.REFUSED: _("Refusé"),
    Outcome.NO_DATA: _("Aucune donnée trouvée"),
}

CHANNELS = {
    Channel.FORM: _("Formulaire du site"),
    Channel.EMAIL: _("Courriel"),
    Channel.POST: _("Courrier postal"),
    Channel.PHONE: _("Téléphone"),
    Channel.COUNTER: _("Sur place"),
}

LETTERS = {
    Kind.A1: _("Accusé de réception"),
    Kind.A1B: _("Récépissé remis sur place"),
    Kind.A2: _("Question d’identité"),
    Kind.A2B: _("Identité non établie"),
    Kind.A3: _("Prolongation du délai"),
    Kind.A4: _("Réponse à une demande d’accès"),
    Kind.A4_NOTHING: _("Aucune donnée trouvée"),
    Kind.A5: _("Rectification faite"),
    Kind.A6: _("Opposition enregistrée"),
    Kind.A7: _("Effacement fait"),
    Kind.A7B: _("Limitation posée"),
    Kind.A7B_END: _("Limitation bientôt levée"),
    Kind.A7C: _("Portabilité"),
    Kind.A8: _("Refus motivé"),
    Kind.A9: _("Demande excessive"),
    Kind.A10: _("Information d’un destinataire"),
    Kind.A11: _("Violation de données"),
    Kind.ANSWER: _("Réponse"),
}

HOLIDAYS = {
    "new_year": _("1er janvier"),
    "good_friday": _("Vendredi saint"),
    "easter_monday": _("lundi de Pâques"),
    "labour_day": _("fête du Travail"),
    "victory_1945": _("8 mai"),
    "ascension": _("Ascension"),
    "whit_monday": _("lundi de Pentecôte"),
    "national_day": _("14 juillet"),
    "assumption": _("Assomption"),
    "all_saints": _("Toussaint"),
    "armistice_1918": _("11 novembre"),
    "christmas": _("Noël"),
    "saint_stephen": _("26 décembre"),
}

HOLDINGS = {
    "delivery": _("Lettres envoyées"),
    "subscriptions": _("Abonnement"),
    "consent": _("Preuves et oppositions"),
    "rights": _("Demandes"),
    "mail": _("Courriels"),
    "accounts": _("Compte du bureau"),
    "audit": _("Journal du bureau"),
}

CALENDARS = {
    "metropole": _("jours fériés de métropole"),
    "alsace_moselle": _("jours fériés d’Alsace-Moselle"),
}

STEPS = {
    Cause.RECEIVED: _("Reçue le %(day)s."),
    Cause.MONTHS: _("Délai de %(number)s mois, de date à date : %(day)s."),
    Cause.SUSPENDED: _("Attente d’une preuve d’identité, %(number)s jours : %(day)s."),
    Cause.SATURDAY: _("Le %(day)s est un samedi : jour suivant."),
    Cause.SUNDAY: _("Le %(day)s est un dimanche : jour suivant."),
    Cause.HOLIDAY: _("Le %(day)s est férié (%(holiday)s) : jour suivant."),
    Cause.WORKING: _("Le %(day)s est un jour ouvré : dernier jour pour répondre."),
}
