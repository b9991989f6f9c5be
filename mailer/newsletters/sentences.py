"""What is wrong with a letter, in words that say how to mend it."""

from flask_babel import lazy_gettext as _

from mailer.newsletters.blocks import Fault
from mailer.newsletters.checks import Finding, Rule

FAULTS = {
    Fault.SHAPE: _("Ce bloc n’a pas été compris. Retirez-le, puis ajoutez-le de nouveau."),
    Fault.TYPE: _("Ce type de bloc n’existe pas. Retirez-le, puis choisissez-en un dans la liste."),
    Fault.TWICE: _("Deux blocs portent le même nom. Rechargez la page, puis recommencez."),
    Fault.UNKNOWN: _("Ce champ n’existe pas. Rechargez la page, puis recommencez."),
    Fault.KIND: _("Cette valeur ne convient pas ici. Choisissez-en une de la liste."),
    Fault.LONG: _("Ce texte est trop long. Raccourcissez-le."),
    Fault.LINK: _("Écrivez l’adresse en entier, par exemple https://www.exemple.fr/page."),
    Fault.IMAGE: _("Prenez une image de ce site : son chemin commence par /medias/."),
    Fault.PICTURE: _(
        "Ce fichier n’est pas une image que nous savons lire. Choisissez un fichier JPEG, PNG,"
        " WebP ou GIF."
    ),
    Fault.DAY: _("Écrivez la date en entier, par exemple 2026-12-05."),
    Fault.TIME: _("Écrivez l’heure sur 24 heures, par exemple 14:30."),
}

RULES = {
    Rule.NO_SUBJECT: _("La lettre n’a pas d’objet. Écrivez-en un."),
    Rule.NO_BLOCK: _("La lettre est vide. Ajoutez au moins un bloc."),
    Rule.UNKNOWN_FIELD: _(
        "Le champ {{%(detail)s}} n’existe pas. Écrivez {{prenom|à vous}}, ou retirez-le."
    ),
    Rule.NO_DEFAULT: _(
        "Tout le monde n’a pas donné son %(detail)s. Écrivez aussi ce qui le remplace : "
        "{{%(detail)s|à vous}}."
    ),
    Rule.NO_ALT: _(
        "Cette image n’a pas de texte de remplacement. Dites ce qu’elle montre, ou cochez « "
        "image décorative »."
    ),
    Rule.PICTURE_FORMAT: _(
        "Le format %(detail)s ne s’affiche pas dans Outlook. Prenez une image PNG ou JPEG."
    ),
    Rule.NO_PICTURE: _("Ce bloc n’a pas d’image. Donnez-en une, ou retirez le bloc."),
    Rule.NO_TITLE: _("Cet article n’a pas de titre. Écrivez-en un."),
    Rule.NO_LABEL: _("Ce bouton ne dit rien. Écrivez ce qui se passe quand on le presse."),
    Rule.NO_ADDRESS: _("Il manque l’adresse où mène ce lien. Ajoutez-la."),
    Rule.TOO_BIG: _(
        "La lettre pèse %(detail)s octets ; au-delà de 100 000, Gmail la coupe et cache le "
        "lien de désinscription. Retirez des blocs."
    ),
    Rule.BIG: _(
        "La lettre pèse %(detail)s octets. Gmail coupe à partir de 100 000 : gardez de la marge."
    ),
    Rule.LONG_SUBJECT: _(
        "L’objet fait %(detail)s caractères. Les téléphones en montrent environ 60 : mettez "
        "l’essentiel au début."
    ),
    Rule.NO_PREHEADER: _(
        "Il n’y a pas de texte d’aperçu. Il suit l’objet dans la boîte de réception et "
        "donne envie d’ouvrir."
    ),
    Rule.PREHEADER_LENGTH: _(
        "Le texte d’aperçu fait %(detail)s caractères. Entre 40 et 110, il se lit en entier."
    ),
    Rule.NO_ARTICLE: _("La lettre ne contient aucun article. Est-ce voulu ?"),
    Rule.ARTICLE_TWICE: _("L’article « %(detail)s » figure deux fois."),
    Rule.EMPTY_PART: _(
        "Le titre « %(detail)s » n’introduit rien. Placez un bloc dessous, ou retirez-le."
    ),
    Rule.EMPTY_BLOCK: _("Ce bloc est vide. Écrivez-y quelque chose, ou retirez-le."),
    Rule.VAGUE_LINK: _("Le lien « %(detail)s » ne dit pas où il mène. Nommez la page qu’il ouvre."),
    Rule.PLAIN_HTTP: _(
        "Le lien %(detail)s n’est pas chiffré. Préférez https si le site le permet."
    ),
}

TYPES = {
    "heading": _("Titre de partie"),
    "text": _("Texte"),
    "article": _("Article"),
    "section": _("Articles choisis tout seuls"),
    "image": _("Image"),
    "button": _("Bouton"),
    "columns": _("Deux colonnes"),
    "figure": _("Chiffre clé"),
    "event": _("Date d’agenda"),
    "quote": _("Citation"),
    "contents": _("Sommaire"),
    "divider": _("Séparation"),
}


def of_finding(finding: Finding) -> str:
    """The finding in words."""
    return str(RULES[finding.rule]) % {"detail": finding.detail}
