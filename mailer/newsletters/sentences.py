"""The types of blocks in words, and what is wrong with one that cannot be read."""

from flask_babel import lazy_gettext as _

from mailer.newsletters.blocks import Fault

FAULTS = {
    Fault.SHAPE: _("Ce bloc n’a pas été compris. Retirez-le, puis ajoutez-le de nouveau."),
    Fault.TYPE: _("Ce type de bloc n’existe pas. Retirez-le, puis choisissez-en un dans la liste."),
    Fault.TWICE: _("Deux blocs portent le même nom. Rechargez la page, puis recommencez."),
    Fault.UNKNOWN: _("Ce champ n’existe pas. Rechargez la page, puis recommencez."),
    Fault.KIND: _("Cette valeur ne convient pas ici. Choisissez-en une de la liste."),
    Fault.LONG: _("Ce texte est trop long. Raccourcissez-le."),
    Fault.LINK: _("Écrivez l’adresse en entier, par exemple https://www.exemple.fr/page."),
    Fault.IMAGE: _("Prenez une image de ce site : son chemin commence par /medias/."),
    Fault.PICTURE: _(
        "Ce fichier n’est pas une image que nous savons lire. Choisissez un fichier JPEG, PNG,"
        " WebP ou GIF."
    ),
    Fault.DAY: _("Écrivez la date en entier, par exemple 2026-12-05."),
    Fault.TIME: _("Écrivez l’heure sur 24 heures, par exemple 14:30."),
}

TYPES = {
    "heading": _("Titre de partie"),
    "text": _("Texte"),
    "article": _("Article"),
    "section": _("Articles automatiques"),
    "image": _("Image"),
    "button": _("Bouton"),
    "columns": _("Deux colonnes"),
    "figure": _("Chiffre clé"),
    "event": _("Date d’agenda"),
    "quote": _("Citation"),
    "contents": _("Sommaire"),
    "divider": _("Séparation"),
}
