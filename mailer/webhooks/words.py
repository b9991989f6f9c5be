"""What endpoints may be told of, and what became of it, in plain words."""

from flask_babel import lazy_gettext as _

from mailer.events import Kind
from mailer.outgoing import Reason
from mailer.webhooks.models import State

KINDS = {
    Kind.SUBSCRIPTION_CONFIRMED: _("Une inscription est confirmée"),
    Kind.SUBSCRIPTION_ENDED: _("Une personne quitte une liste"),
    Kind.LETTER_APPROVED: _("Une lettre est approuvée"),
    Kind.CAMPAIGN_STARTED: _("Un envoi commence"),
    Kind.CAMPAIGN_FAILED: _("Un envoi s’arrête sur une panne"),
    Kind.CAMPAIGN_FINISHED: _("Un envoi est fini"),
    Kind.CAMPAIGN_STOPPED: _("Un envoi est arrêté"),
    Kind.REQUEST_RECEIVED: _("Une demande de droits est reçue"),
}
STATES = {
    State.QUEUED: (_("en attente"), "due"),
    State.SENT: (_("reçu"), "done"),
    State.DEAD: (_("abandonné"), "late"),
}
FAILURES = {
    Reason.UNKNOWN_HOST: _("ce nom de site n’existe pas"),
    Reason.REFUSED_ADDRESS: _("cette adresse est celle d’un réseau interne"),
    Reason.REFUSED_PORT: _("ce port n’est pas celui d’un site\u00a0: 443 en https, 80 en http"),
    Reason.NOT_REACHABLE: _("le site ne répond pas"),
    Reason.NOT_TRUSTED: _("son certificat n’est pas valable"),
    Reason.TOO_SLOW: _("le site met trop de temps à répondre"),
    Reason.BAD_ANSWER: _("sa réponse ne se lit pas"),
    Reason.BAD_ADDRESS: _("cette adresse ne se lit pas"),
}
# Why an address is not taken in the first place, and how to mend it.
REFUSALS = {
    Reason.BAD_ADDRESS: _("Donnez une adresse entière, qui commence par https:// ou http://"),
    Reason.REFUSED_ADDRESS: _(
        "Cette adresse est celle d’un réseau interne\u00a0: donnez l’adresse publique du programme,"
        " ou faites permettre ce réseau par le réglage OUTGOING_ALLOWED_NETWORKS"
    ),
    Reason.REFUSED_PORT: _(
        "Ce port n’est pas celui d’un site\u00a0: le programme doit écouter sur 443 en https, ou 80"
        " en http"
    ),
}
