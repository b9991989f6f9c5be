"""What each rule of the schedule is about, in the reader's words."""

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from mailer.retention.schedule import Rule, Then
from mailer.rulebook import Figure

WHAT = {
    ("subscription", "unconfirmed_days"): _("Inscriptions jamais confirmées"),
    ("subscription", "unproven_days"): _("Adresses apportées sans preuve d’accord"),
    ("subscription", "ended_days"): _("Inscriptions quittées"),
    ("confirmation", "unconfirmed_days"): _("Liens de confirmation envoyés"),
    ("preference_change", "unconfirmed_days"): _("Changements de préférences, pour les annuler"),
    ("address_change", "unconfirmed_days"): _("Changements d’adresse en attente"),
    ("hit", "logs_months"): _("Ouvertures et clics mesurés avec accord"),
    ("last_open", "prospect_months"): _("Jour de la dernière ouverture"),
    ("delivery", "logs_months"): _("Envois d’une lettre à une personne"),
    ("subscriber", "unconfirmed_days"): _("Adresses qui ne reçoivent plus rien"),
    ("consent_event", "consent_ip_months"): _("Réseau d’où un accord a été donné"),
    ("consent_event", "proof_years"): _("Preuves d’accord de personnes parties"),
    ("rights_request", "request_years"): _("Demandes closes et leurs lettres"),
    ("incoming_mail", "set_aside_days"): _("Courriels reçus et classés sans suite"),
    ("breach", "breach_years"): _("Violations de données closes, et qui en a été prévenu"),
    ("breach_suspicion", "breach_years"): _("Alertes examinées, avec ou sans suite"),
    ("erasure", "proof_years"): _("Journal des effacements, sans adresse"),
    ("counter", "counter_days"): _("Compteurs contre les abus, par réseau chiffré"),
    ("asked_mail", "counter_days"): _("Courriels demandés par des inconnus"),
    ("source_lookup", "lookup_days"): _("Adresses de sites données par le bureau"),
    ("provider_event", "logs_months"): _("Suites des lettres, dites par un service d’envoi"),
    ("returned_mail", "bounce_days"): _("Courriels revenus ou reçus en réponse à une lettre"),
    ("issue", "trash_days"): _("Brouillons de lettres mis à la corbeille"),
    ("issue_revision", "logs_months"): _("Versions successives d’une lettre"),
    ("outbox_message", "sent_mail_days"): _("Courriels partis vers une personne"),
    ("invitation", "sent_mail_days"): _("Invitations au bureau sans réponse"),
    ("session", "session_days"): _("Sessions terminées au bureau"),
    ("sign_in", "logs_months"): _("Connexions au bureau"),
    ("account", "logs_months"): _("Nom et adresse des comptes fermés du bureau"),
    ("api_attempt", "idempotency_days"): _("Réponses aux programmes, pour une demande répétée"),
    ("event", "sent_mail_days"): _("Événements dits à d’autres programmes, par numéro"),
    ("api_key", "logs_months"): _("Clés d’API expirées ou révoquées"),
    ("audit_entry", "logs_months"): _("Journal de ce qui a été fait et consulté"),
    ("audit_check", "logs_months"): _("Vérifications du journal"),
    ("purge_line", "proof_years"): _("Comptes rendus de la purge"),
}
THEN = {
    Then.DELETE: _("effacés"),
    Then.DETACH: _("détachés de la personne"),
    Then.EXPIRE: _("effacés"),
    Then.ERASE: _("effacés, avec tout ce qui reste de la personne"),
    Then.TRIM: _("effacés"),
    Then.COUNT: _("effacés, une ligne de statistiques exceptée"),
    Then.EMPTY: _("effacés ; le numéro du compte reste"),
}


def what(table: str, keep: str) -> str:
    """The name of what a rule ends; a table without one is named as it is stored."""
    return str(WHAT.get((table, keep), table))


def how_long(rule: Rule, figure: Figure) -> str:
    """The time that the rule keeps, in words."""
    number = figure.value
    match rule.keep.rpartition("_")[2]:
        case "days":
            return str(ngettext("%(num)s jour", "%(num)s jours", number))
        case "months":
            return str(ngettext("%(num)s mois", "%(num)s mois", number))
        case _:
            return str(ngettext("%(num)s an", "%(num)s ans", number))
