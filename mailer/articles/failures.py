"""Why a source or a picture could not be read, in words that say how to mend it."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.articles.data import Problem
from mailer.articles.images import Flaw
from mailer.outgoing import Reason

SENTENCES: dict[str, LazyString] = {
    Reason.BAD_ADDRESS: _(
        "Ce n’est pas une adresse web. Recopiez-la depuis votre navigateur : elle commence "
        "par https://."
    ),
    Reason.UNKNOWN_HOST: _("Aucun site ne porte ce nom. Vérifiez l’adresse, lettre par lettre."),
    Reason.REFUSED_ADDRESS: _(
        "Cette adresse mène dans un réseau privé, où rien n’est lu : "
        "donnez l’adresse publique du site, ou demandez à l’administration de permettre ce réseau "
        "par le réglage OUTGOING_ALLOWED_NETWORKS."
    ),
    Reason.REFUSED_PORT: _(
        "Cette adresse nomme un port où rien n’est lu\u00a0: donnez celle du site sur le port 443 "
        "en https, ou 80 en http."
    ),
    Reason.NOT_REACHABLE: _(
        "Le site ne répond pas. Ouvrez-le dans votre navigateur : s’il ne s’affiche pas non "
        "plus, prévenez la personne qui s’en occupe."
    ),
    Reason.NOT_TRUSTED: _(
        "Le certificat du site n’est pas reconnu. Demandez à la personne qui s’occupe du site"
        " de le renouveler."
    ),
    Reason.TOO_SLOW: _(
        "Le site a mis plus de dix secondes à répondre. Réessayez plus tard ; si cela dure, "
        "prévenez la personne qui s’en occupe."
    ),
    Reason.TOO_BIG: _(
        "La réponse dépasse 5 Mo. Choisissez un flux qui ne donne que les articles récents."
    ),
    Reason.TOO_MANY_REDIRECTS: _(
        "L’adresse renvoie sans fin vers d’autres. Ouvrez-la dans votre navigateur et "
        "recopiez l’adresse d’arrivée."
    ),
    Reason.NOT_FOUND: _(
        "Il n’y a plus rien à cette adresse. Cherchez la nouvelle adresse du flux sur le "
        "site, puis ajoutez-la."
    ),
    Reason.FORBIDDEN: _(
        "Le site refuse d’être lu sans mot de passe. Demandez à la personne qui s’en occupe "
        "d’ouvrir le flux."
    ),
    Reason.BAD_STATUS: _(
        "Le site a répondu qu’il ne pouvait pas servir cette page. Réessayez plus tard ; si "
        "cela dure, prévenez la personne qui s’en occupe."
    ),
    Reason.BAD_ANSWER: _(
        "La réponse du site est coupée ou illisible. Réessayez plus tard ; si cela dure, "
        "prévenez la personne qui s’en occupe."
    ),
    Problem.NOT_A_FEED: _(
        "Ce n’est ni un flux (RSS, Atom, JSON) ni une page d’article. Cherchez sur le site le"
        " lien « RSS » et recopiez son adresse."
    ),
    Problem.NO_ARTICLE: _(
        "Aucune des pages de ce plan de site ne se présente comme un article. Cherchez sur le "
        "site le lien « RSS » et recopiez son adresse."
    ),
    Problem.KNOWN: _(
        "Cette source est déjà dans la liste. Pour la relire, pressez « Lire maintenant »."
    ),
    Problem.BROKEN_OFF: _(
        "La lecture s’est interrompue de notre côté. Réessayez\u00a0; si cela recommence, prévenez "
        "la personne qui administre ce service."
    ),
    Problem.OUTDATED: _("Le programme a été mis à jour depuis cette lecture. Réessayez."),
}

PICTURES: dict[str, LazyString] = {
    Flaw.NO_PICTURE: _(
        "Ce n’est pas une image que l’on sait lire. Choisissez un fichier JPEG, PNG, WebP ou GIF."
    ),
    Flaw.TOO_MANY_PIXELS: _(
        "Cette image dépasse 24 millions de pixels. Réduisez-la, par exemple à 2 000 pixels de "
        "large : la lettre n’en montre pas davantage."
    ),
}
