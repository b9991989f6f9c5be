"""States, failures and refusals in plain words."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.delivery.consequences import Failure
from mailer.delivery.models import Campaign
from mailer.delivery.reports import Withheld
from mailer.delivery.states import CampaignState


@dataclass(frozen=True)
class Chip:
    """A state as a chip of the desk shows it; `look` is its class in app.css."""

    label: LazyString
    look: str = ""


STATES = {
    CampaignState.SCHEDULED: Chip(_("Programmé"), "due"),
    CampaignState.RUNNING: Chip(_("En cours"), "due"),
    CampaignState.WAITING: Chip(_("En attente du relais"), "late"),
    CampaignState.PAUSED: Chip(_("En pause"), "late"),
    CampaignState.FAILED: Chip(_("Arrêté, à corriger"), "late"),
    CampaignState.FINISHED: Chip(_("Terminé"), "done"),
    CampaignState.CANCELLED: Chip(_("Annulé")),
}
# Somebody ended it after its first mail.
STOPPED = Chip(_("Arrêté"))


def chip(campaign: Campaign) -> Chip:
    """Where the campaign stands, as a chip."""
    is_stopped = campaign.state is CampaignState.CANCELLED and campaign.started_at is not None
    return STOPPED if is_stopped else STATES[campaign.state]


WITHHELD = {
    Withheld.OBJECTED: _("Opposés, ou adresse qui n’existe plus"),
    Withheld.LEFT: _("Désabonnés avant leur tour"),
    Withheld.ERASED: _("Effacés avant leur tour"),
    Withheld.STOPPED: _("Pas encore servis à l’arrêt de l’envoi"),
    Withheld.OTHER: _("Autre raison : en pause, ou envoi arrêté puis repris"),
}


@dataclass(frozen=True)
class Trouble:
    """What happened to a campaign, and the cure; `%(detail)s` is the field or the code."""

    sentence: LazyString
    cure: LazyString


# After a cure, only those who got nothing are served: the ledger knows.
RESUME = _("Puis reprenez l’envoi : seuls ceux qui n’ont rien reçu seront servis.")

FAILURES = {
    Failure.MERGE: Trouble(
        _(
            "La lettre contient le champ « %(detail)s », qui n’a pas de valeur pour chaque"
            " abonné. Rien n’est parti."
        ),
        _(
            "Composez la lettre de nouveau sans ce champ, ou avec un texte de rechange, puis"
            " envoyez-la."
        ),
    ),
    Failure.CHANGED: Trouble(
        _(
            "La lettre n’est plus celle qui était approuvée quand cet envoi a été décidé."
            " Rien n’est parti."
        ),
        _("Faites approuver la lettre telle qu’elle est, puis programmez un nouvel envoi."),
    ),
    Failure.UNAPPROVED: Trouble(
        _(
            "La liste a grandi : au-delà de %(detail)s abonnés, une personne qui n’a pas écrit la"
            " lettre doit l’approuver. Rien n’est parti."
        ),
        _("Demandez cette approbation depuis la page de la lettre."),
    ),
    Failure.SUBJECTS: Trouble(
        _(
            "Au-delà de %(detail)s abonnés, une autre personne doit approuver les objets à essayer."
            " Rien n’est parti."
        ),
        _("Faites-les approuver sur cette page."),
    ),
    Failure.RESTORED: Trouble(
        _(
            "Les données ont été remises telles qu’elles étaient lors d’une sauvegarde : cet envoi"
            " est peut-être parti depuis."
        ),
        _("Vérifiez dans une boîte qui reçoit la lettre si elle est arrivée, avant de l’envoyer."),
    ),
    Failure.LOGIN: Trouble(
        _("Le relais refuse notre compte (%(detail)s)."),
        _(
            "Faites corriger le compte du relais (SMTP_USER et SMTP_PASSWORD), et SMTP_SECURITY"
            " s’il exige le chiffrement."
        ),
    ),
    Failure.POLICY: Trouble(
        _("Le relais refuse nos courriels, quel que soit l’abonné (%(detail)s)."),
        _(
            "Faites vérifier le droit d’envoyer par ce relais et les signatures du domaine"
            " (SPF, DKIM, DMARC)."
        ),
    ),
    Failure.MESSAGE: Trouble(
        _("Le relais refuse cette lettre telle qu’elle est faite (%(detail)s)."),
        _("Allégez une copie de la lettre, ou faites relever la limite du relais."),
    ),
}

# What no retry mends: the letter itself must be another one.
FINAL = frozenset({Failure.MERGE, Failure.CHANGED})

# By the longest beginning of the enhanced status code (RFC 3463).
REASONS = {
    "5.1.1": _("Adresse inconnue de son serveur"),
    "5.1.2": _("Domaine qui n’existe pas"),
    "5.1.3": _("Adresse mal formée"),
    "5.1.6": _("Boîte déménagée sans adresse de suite"),
    "5.1.10": _("Domaine qui ne reçoit pas de courriel"),
    "5.1": _("Adresse refusée"),
    "5.2.1": _("Boîte fermée"),
    "5.2.2": _("Boîte pleine"),
    "5.2.3": _("Lettre trop lourde pour cette boîte"),
    "5.2": _("Boîte indisponible"),
    "5.4": _("Serveur du destinataire injoignable"),
    "5.7": _("Refusée par une règle du destinataire"),
    "4": _("Toujours remise à plus tard, malgré plusieurs essais"),
}
OTHER_REASON = _("Refusée sans raison précise")


def reason(status: str) -> LazyString:
    """Why a mail failed, in plain words."""
    parts = status.split(".")
    for length in (3, 2, 1):
        if found := REASONS.get(".".join(parts[:length])):
            return found
    return OTHER_REASON
