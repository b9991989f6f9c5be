"""Rights, outcomes, states, channels and holidays in the reader's words."""

from flask_babel import lazy_gettext as _

from mailer.rights.carriage import Delivery, Via
from mailer.rights.deadlines import Cause
from mailer.rights.grounds import ExtensionGround, Ground
from mailer.rights.identity import Level
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.models import Channel, Hold
from mailer.rights.proceedings import DocumentKind
from mailer.rights.requesters import Requester
from mailer.rights.states import Outcome, State
from mailer.rights.timers import Alarm

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

STATES = {
    State.RECEIVED: _("À traiter"),
    State.IDENTITY_PENDING: _("Identité demandée"),
    State.IN_PROGRESS: _("En cours"),
    State.READY: _("Prête à signer"),
    State.ANSWERED: _("Réponse envoyée"),
    State.WITHDRAWN: _("Retirée par la personne"),
    State.UNIDENTIFIED: _("Personne non identifiée"),
    State.DUPLICATE: _("Doublon"),
    State.NOT_A_REQUEST: _("Sans objet"),
    State.TRANSFERRED: _("Transmise à qui est compétent"),
    State.ARCHIVED: _("Archivée"),
}

OUTCOMES = {
    Outcome.GRANTED: _("Accordé"),
    Outcome.PARTLY: _("Accordé en partie"),
    Outcome.REFUSED: _("Refusé"),
    Outcome.NO_DATA: _("Aucune donnée trouvée"),
    Outcome.NOT_APPLICABLE: _("Sans objet"),
}

GROUNDS = {
    Ground.NOT_IDENTIFIED: _("Personne non identifiée"),
    Ground.NOT_OPENED: _("Droit non ouvert par la base légale"),
    Ground.LEGAL_OBLIGATION: _("Obligation légale de garder"),
    Ground.LEGAL_CLAIMS: _("Constatation ou défense de droits en justice"),
    Ground.OTHERS_RIGHTS: _("Droits d’autres personnes"),
    Ground.EXCESSIVE: _("Demande infondée ou excessive"),
    Ground.NOT_CONCERNED: _("Nous ne traitons pas ces données"),
}

EXTENSIONS = {
    ExtensionGround.COMPLEXITY: _("votre demande est complexe"),
    ExtensionGround.NUMBER: _("nous avons reçu un grand nombre de demandes"),
}

LEVELS = {
    Level.NONE: _("Aucune preuve"),
    Level.MAILBOX: _("Boîte confirmée"),
    Level.FACTS: _("Faits vérifiés"),
    Level.DOCUMENT: _("Pièce vérifiée"),
}

# The same as a chip of the queue.
IDENTITIES = {
    Level.NONE: _("E-mail à confirmer"),
    Level.MAILBOX: _("E-mail confirmé"),
    Level.FACTS: _("Faits vérifiés"),
    Level.DOCUMENT: _("Pièce vérifiée"),
}

# The same, as the person reads it.
ASKED_PROOF = {
    Level.FACTS: _(
        "Dites-nous le mois de votre inscription et le nom de nos lettres que vous recevez."
    ),
    Level.DOCUMENT: _(
        "Un document qui montre que vous êtes cette personne ou que vous agissez pour elle. Masquez"
        " ce qui ne sert pas à vous reconnaître."
    ),
}

WANTED = {
    Level.FACTS: _("Des faits que seule la personne connaît"),
    Level.DOCUMENT: _("Une pièce, déposée chiffrée et effacée dès la vérification"),
}

CHANNELS = {
    Channel.FORM: _("Formulaire du site"),
    Channel.EMAIL: _("Courriel"),
    Channel.POST: _("Courrier postal"),
    Channel.PHONE: _("Téléphone"),
    Channel.COUNTER: _("Sur place"),
    Channel.AGENT: _("Un autre service"),
    Channel.CNIL: _("La CNIL"),
}

REQUESTERS = {
    Requester.SELF: _("La personne elle-même"),
    Requester.MANDATE: _("Quelqu’un qu’elle a mandaté"),
    Requester.PARENT: _("Le titulaire de l’autorité parentale"),
    Requester.HEIR: _("L’héritier d’une personne décédée"),
    Requester.OFFICER: _("Le délégué, de lui-même"),
}

VIAS = {
    Via.EMAIL: _("Courriel"),
    Via.POST: _("Courrier postal"),
    Via.HAND: _("Remise en main propre"),
}

DELIVERIES = {
    Delivery.QUEUED: _("en cours d’envoi"),
    Delivery.TO_POST: _("à imprimer"),
    Delivery.SENT: _("partie"),
    Delivery.FAILED: _("non remise"),
}

DOCUMENTS = {
    DocumentKind.SCAN: _("Lettre numérisée"),
    DocumentKind.MANDATE: _("Mandat ou acte"),
    DocumentKind.MESSAGE: _("Courriel reçu"),
}

HOLDS = {
    Hold.NONE: _("Aucune retenue"),
    Hold.COMPLAINT: _("Réclamation à la CNIL"),
    Hold.LITIGATION: _("Litige"),
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
    Kind.CLOSURE: _("Clôture sans réponse"),
    Kind.ANSWER: _("Réponse"),
}

# What a reminder says above the cases that it names.
ALARMS = {
    Alarm.LATE: _("En retard : répondez sans attendre."),
    Alarm.EXTEND: _("Dernier moment utile : répondez, ou prolongez le délai en écrivant pourquoi."),
    Alarm.DUE: _("L’échéance approche : préparez la réponse."),
    Alarm.UNACKNOWLEDGED: _(
        "L’accusé de réception n’est pas parti : envoyez-le depuis les demandes."
    ),
    Alarm.UNASKED: _(
        "L’identité n’est pas prouvée : si vous doutez de qui demande, posez la question"
        " maintenant."
    ),
    Alarm.UNIDENTIFIED: _(
        "La question d’identité est restée sans réponse : vous pouvez clore sans identification."
    ),
    Alarm.DOCUMENT: _(
        "La personne a déposé la pièce demandée : vérifiez-la, le délai reprend ensuite."
    ),
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
    "breaches": _("Violations de données"),
    "mail": _("Courriels"),
    "bounces": _("Courriels revenus"),
    "newsletters": _("Essais de lettres"),
    "accounts": _("Compte du bureau"),
    "audit": _("Journal du bureau"),
    "abuse": _("Compteur des courriels demandés pour une adresse"),
    "web": _("Compteurs contre les abus"),
    "api": _("Demandes de programmes"),
    "events": _("Ce dont des programmes sont prévenus"),
}

CALENDARS = {
    "metropole": _("jours fériés de métropole"),
    "alsace_moselle": _("jours fériés d’Alsace-Moselle"),
}

STEPS = {
    Cause.RECEIVED: _("Reçue le %(day)s."),
    Cause.MONTHS: _("Délai de %(number)s mois, de date à date : %(day)s."),
    Cause.SUSPENDED: _("Jours d’attente d’une preuve d’identité : %(number)s, soit %(day)s."),
    Cause.SATURDAY: _("Le %(day)s est un samedi : jour suivant."),
    Cause.SUNDAY: _("Le %(day)s est un dimanche : jour suivant."),
    Cause.HOLIDAY: _("Le %(day)s est férié (%(holiday)s) : jour suivant."),
    Cause.WORKING: _("Le %(day)s est un jour ouvré : dernier jour pour répondre."),
}
