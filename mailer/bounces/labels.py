"""Why a mail came back, what becomes of the person, and the cure when it is ours: for people."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.bounces.fates import Fate
from mailer.bounces.person import Letter
from mailer.bounces.reports import Cause
from mailer.consent.models import Reason as Suppressed
from mailer.delivery.labels import reason as reason_of_code
from mailer.delivery.states import DeliveryState
from mailer.mail.returned import Reason

REASONS: Mapping[Reason, LazyString] = {
    Reason.USER_UNKNOWN: _("Cette boîte n’existe pas, ou n’existe plus"),
    Reason.HOST_UNKNOWN: _("Le domaine de l’adresse n’existe pas"),
    Reason.HAS_MOVED: _("La personne a changé d’adresse, sans suivi"),
    Reason.NOT_ACCEPT: _("Ce domaine ne reçoit aucun courriel"),
    Reason.MAILBOX_FULL: _("La boîte est pleine"),
    Reason.SUSPEND: _("La boîte est suspendue ou fermée pour l’instant"),
    Reason.EXPIRED: _("Le serveur du destinataire n’a pas répondu pendant plusieurs jours"),
    Reason.FILTERED: _("Un filtre du destinataire a écarté la lettre"),
    Reason.REJECTED: _("Le serveur refuse notre adresse d’expédition"),
    Reason.BLOCKED: _("Le serveur bloque l’adresse IP de notre relais"),
    Reason.AUTH_FAILURE: _("L’authentification de nos courriels a échoué (SPF, DKIM, DMARC)"),
    Reason.REQUIRE_PTR: _("L’adresse IP du relais n’a pas de nom inverse"),
    Reason.BAD_REPUTATION: _("Notre domaine ou notre relais a mauvaise réputation"),
    Reason.POLICY_VIOLATION: _("Une règle du destinataire refuse nos courriels"),
    Reason.NOT_COMPLIANT_RFC: _("La lettre n’est pas écrite selon la norme (RFC 5322)"),
    Reason.SPAM_DETECTED: _("La lettre a été prise pour un courriel indésirable"),
    Reason.VIRUS_DETECTED: _("Un antivirus a refusé la lettre"),
    Reason.CONTENT_ERROR: _("Le contenu de la lettre est refusé"),
    Reason.SECURITY_ERROR: _("Une exigence de sécurité n’est pas remplie"),
    Reason.NO_RELAYING: _("Le relais n’a pas le droit de transmettre nos courriels"),
    Reason.MESSAGE_TOO_BIG: _("La lettre est trop lourde pour cette boîte"),
    Reason.EXCEED_LIMIT: _("La boîte a reçu trop de courriels ou atteint une limite"),
    Reason.SPEEDING: _("Le relais envoie trop vite"),
    Reason.TOO_MANY_CONNECTIONS: _("Le relais ouvre trop de connexions à la fois"),
    Reason.NETWORK_ERROR: _("Le réseau n’a pas mené jusqu’au serveur du destinataire"),
    Reason.SYSTEM_ERROR: _("Le serveur du destinataire est en panne"),
    Reason.SYSTEM_FULL: _("Le serveur du destinataire n’a plus de place"),
    Reason.MAILER_ERROR: _("Le programme qui range le courrier du destinataire a échoué"),
    Reason.SYNTAX_ERROR: _("Le serveur n’a pas compris une commande du relais"),
    Reason.FAILED_STARTTLS: _("Le chiffrement n’a pas pu s’établir"),
    Reason.ON_HOLD: _("Le serveur a gardé la lettre, et n’a pas dit la suite"),
    Reason.UNDEFINED: _("Le retour ne dit pas pourquoi"),
    Reason.FEEDBACK: _("La personne a signalé la lettre comme indésirable"),
    Reason.VACATION: _("Une réponse automatique d’absence"),
    Reason.DELIVERED: _("La lettre a été remise"),
}

BECOMES: Mapping[Fate, LazyString] = {
    Fate.ARRIVED: _("La lettre a été acceptée, et n’est pas revenue."),
    Fate.DEAD: _("Nous n’écrivons plus à cette adresse."),
    Fate.SOFT: _(
        "La personne reste inscrite. Si ses lettres reviennent longtemps de suite, nous n’écrivons"
        " plus à son adresse."
    ),
    Fate.OURS: _("La personne reste inscrite : elle n’y est pour rien."),
}
FATES: Mapping[Fate, LazyString] = {
    Fate.ARRIVED: _("Acceptées"),
    Fate.DEAD: _("Adresse morte"),
    Fate.SOFT: _("Boîte indisponible"),
    Fate.OURS: _("À cause de nous"),
}

SIGNING = _(
    "Faites vérifier la signature DKIM, l’enregistrement SPF du relais et l’alignement DMARC du"
    " domaine d’expédition."
)
REPUTATION = _(
    "Cherchez l’adresse IP du relais et votre domaine sur les listes de blocage, demandez-y le"
    " retrait, et n’écrivez quelque temps qu’à ceux qui se sont inscrits récemment."
)
SLOWER = _("Baissez le débit vers ce fournisseur dans les réglages du relais.")
CONTENT = _(
    "Relisez la lettre : liens vers des sites peu connus, raccourcisseurs, images seules, pièces"
    " jointes. Envoyez-vous un essai avant de reprendre."
)
TRANSPORT = _("Montrez ce code à qui tient le relais : c’est son réglage qui est en cause.")
CURES: Mapping[Reason, LazyString] = {
    Reason.AUTH_FAILURE: SIGNING,
    Reason.REJECTED: SIGNING,
    Reason.POLICY_VIOLATION: SIGNING,
    Reason.REQUIRE_PTR: _(
        "Faites donner à l’adresse IP du relais un nom inverse (PTR) qui mène de nouveau à elle."
    ),
    Reason.BLOCKED: REPUTATION,
    Reason.BAD_REPUTATION: REPUTATION,
    Reason.SPAM_DETECTED: CONTENT,
    Reason.VIRUS_DETECTED: CONTENT,
    Reason.CONTENT_ERROR: CONTENT,
    Reason.NOT_COMPLIANT_RFC: CONTENT,
    Reason.SPEEDING: SLOWER,
    Reason.TOO_MANY_CONNECTIONS: SLOWER,
    Reason.SECURITY_ERROR: TRANSPORT,
    Reason.NO_RELAYING: TRANSPORT,
    Reason.SYNTAX_ERROR: TRANSPORT,
    Reason.FAILED_STARTTLS: TRANSPORT,
}

SUPPRESSED: Mapping[Suppressed, LazyString] = {
    Suppressed.HARD_BOUNCE: _("ses lettres sont revenues : la boîte paraît morte"),
    Suppressed.COMPLAINT: _("la personne a signalé une lettre comme indésirable"),
    Suppressed.OBJECTION: _("la personne s’y est opposée"),
    Suppressed.RESTRICTION: _("la personne a demandé la limitation du traitement"),
}
# Why staff cannot take back what a person decided.
NOT_OURS: Mapping[Suppressed, LazyString] = {
    Suppressed.COMPLAINT: _(
        "Un signalement vaut opposition. Personne ici ne peut le lever : la personne peut se"
        " réinscrire par le formulaire, et confirmer depuis sa boîte."
    ),
    Suppressed.OBJECTION: _(
        "Une opposition ne se lève pas d’ici. La personne peut se réinscrire par le formulaire,"
        " et confirmer depuis sa boîte."
    ),
    Suppressed.RESTRICTION: _(
        "La limitation prend fin avec la demande de la personne, à la page de cette demande."
    ),
}


STATES: Mapping[DeliveryState, LazyString] = {
    DeliveryState.QUEUED: _("Pas encore partie"),
    DeliveryState.LEASED: _("En train de partir"),
    DeliveryState.DEFERRED: _("En attente d’un nouvel essai"),
    DeliveryState.SENT: _("Acceptée"),
    DeliveryState.UNCERTAIN: _("Partie sans réponse du relais : peut-être reçue"),
    DeliveryState.WITHHELD: _("Retenue : on ne pouvait plus lui écrire à ce moment"),
}


def outcome(letter: Letter) -> LazyString:
    """What came of one letter."""
    if letter.is_complaint:
        return REASONS[Reason.FEEDBACK]
    if letter.state is DeliveryState.FAILED:
        return happened(letter.cause)
    return STATES[letter.state]


def happened(cause: Cause) -> LazyString:
    """Why those mails came back, in plain words."""
    return REASONS[cause.reason] if cause.reason else reason_of_code(cause.status or "")


def cure(cause: Cause) -> LazyString | str:
    """What to mend when it is ours; else nothing."""
    if cause.fate is not Fate.OURS:
        return ""
    return CURES.get(cause.reason, TRANSPORT) if cause.reason else SIGNING
