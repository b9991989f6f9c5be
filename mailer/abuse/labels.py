"""What is counted, in words."""

from flask_babel import lazy_gettext as _

LABELS = {
    "mails": _("Courriels partis à la demande de visiteurs"),
    "subscriptions.create": _("Inscriptions"),
    "subscriptions.renew": _("Nouveaux liens de confirmation"),
    "subscriptions.confirm": _("Confirmations"),
    "subscriptions.one_click": _("Désinscriptions depuis un logiciel de courriel"),
    "subscriptions.end": _("Désinscriptions par la page"),
    "subscriptions.come_back": _("Retours après une désinscription"),
    "subscriptions.answer_renewal": _("Réponses aux courriels de renouvellement"),
    "rights.check": _("Demandes sur les données : relectures"),
    "rights.create": _("Demandes sur les données : envois"),
    "rights.confirm": _("Demandes sur les données : confirmations"),
    "accounts.open_session": _("Connexions au bureau"),
}
# What serves to take turns or to warn, and is nobody's visit.
SILENT = frozenset({"alarm", "alarm told", "sign-in"})
