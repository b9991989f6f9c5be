"""What is counted, in words."""

from flask_babel import lazy_gettext as _

LABELS = {
    "mails": _("Courriels partis à la demande de visiteurs"),
    "subscriptions.create": _("Inscriptions"),
    "embedding.subscribe": _("Inscriptions par la page d’une liste"),
    "embedding.subscribe_in_frame": _("Inscriptions par un cadre sur un autre site"),
    "embedding.subscribe_elsewhere": _("Inscriptions par le formulaire d’un autre site"),
    "subscriptions.renew": _("Nouveaux liens de confirmation"),
    "subscriptions.confirm": _("Confirmations"),
    "subscriptions.undo_sign_up": _("Inscriptions annulées aussitôt"),
    "subscriptions.answer_renewal": _("Réponses aux courriels de renouvellement"),
    "subscriptions.one_click": _("Désinscriptions depuis un logiciel de courriel"),
    "subscriptions.end": _("Désinscriptions par la page"),
    "subscriptions.undo": _("Désinscriptions annulées aussitôt"),
    "subscriptions.come_back": _("Retours après une désinscription"),
    "subscriptions.receive_less": _("Moins de lettres plutôt que partir"),
    "subscriptions.say_why": _("Raisons données en partant"),
    "subscriptions.send_manage_link": _("Liens demandés pour gérer ses lettres"),
    "subscriptions.send_letter_link": _("Liens demandés depuis une lettre"),
    "subscriptions.renew_preferences": _("Liens demandés à la place d’un lien fermé"),
    "subscriptions.save_preferences": _("Préférences enregistrées"),
    "subscriptions.leave_one": _("Préférences : départs d’une liste"),
    "subscriptions.leave_all": _("Préférences : départs de tout"),
    "subscriptions.undo_preferences": _("Préférences : retours en arrière"),
    "subscriptions.receive_again": _("Préférences : retours après un départ"),
    "subscriptions.change_address": _("Préférences : changements d’adresse demandés"),
    "subscriptions.agree_to_move": _("Changements d’adresse confirmés"),
    "delivery.end_tracking": _("Refus de la mesure des ouvertures et des clics"),
    "bounces.take_in": _("Événements des services d’envoi"),
    "rights.check": _("Demandes sur les données : relectures"),
    "rights.create": _("Demandes sur les données : envois"),
    "rights.confirm": _("Demandes sur les données : confirmations"),
    "rights.send_status": _("Demandes sur les données : liens de suivi"),
    "rights.send_document": _("Demandes sur les données : pièces reçues"),
    "rights.send_code": _("Copies de données : codes demandés"),
    "rights.open_copy": _("Copies de données : codes essayés"),
    "accounts.open_session": _("Connexions au bureau"),
}
# What serves to take turns or to warn, and is nobody's visit.
SILENT = frozenset({"alarm", "alarm told", "sign-in"})
