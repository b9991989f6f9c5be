"""What each type of block is for, and what its choices are called."""

from flask_babel import lazy_gettext as _

PURPOSES = {
    "heading": _("Ouvre une partie de la lettre."),
    "text": _("Un mot d’accueil, quelques paragraphes, une liste."),
    "article": _("Un article écrit ici : titre, résumé, image et lien."),
    "section": _("Les plus récents de vos sources y viennent d’eux-mêmes."),
    "image": _("Une image sur toute la largeur, avec sa légende."),
    "button": _("Un lien qui appelle une action."),
    "columns": _("Deux textes courts côte à côte."),
    "figure": _("Un nombre en grand, et ce qu’il compte."),
    "event": _("Un jour, une heure, un lieu, à mettre dans l’agenda."),
    "quote": _("Ce que quelqu’un a dit."),
    "contents": _("Mène aux parties de la lettre."),
    "divider": _("Un trait, pour respirer."),
}

LAYOUTS = {
    "large": _("Grande image au-dessus"),
    "compact": _("Petite image à côté"),
    "text": _("Texte seul, sans image"),
}
