"""Automatic letters in plain words: when they leave, what became of each period."""

from flask_babel import lazy_gettext as _

from mailer.newsletters.digest_states import Why

WHY = {
    Why.CHOSEN: _("Vous avez choisi de relire chaque lettre avant son départ."),
    Why.CHANGED: _(
        "Le modèle ou l’horaire a changé depuis que l’envoi a été mis en marche. Remettez-le en"
        " marche pour que les suivantes partent seules."
    ),
    Why.CLOSED: _(
        "La personne qui a mis l’envoi en marche n’envoie plus ici. Une autre doit le remettre en"
        " marche."
    ),
    Why.BLOCKED: _("Il y a quelque chose à corriger avant qu’elle puisse partir."),
    Why.MANY: _("Une seconde personne doit approuver une lettre à tant de destinataires."),
    Why.TAKEN_BACK: _("Quelqu’un a repris la lettre avant son départ."),
}
