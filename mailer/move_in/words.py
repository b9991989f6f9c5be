"""What is said of moving in: why a file cannot be used and how to mend it, what was left out."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.move_in.refusals import LeftOut, Refusal

REFUSALS: Mapping[Refusal, LazyString] = {
    Refusal.ARCHIVE: _(
        "Cette archive est abîmée. Téléchargez-la de nouveau, ou donnez les fichiers qu’elle"
        " contient."
    ),
    Refusal.LOCKED: _(
        "Cette archive est protégée par un mot de passe. Ouvrez-la, et donnez les fichiers qu’elle"
        " contient."
    ),
    Refusal.BOMB: _(
        "Cette archive devient démesurée une fois décompressée. Donnez les fichiers qu’elle"
        " contient, l’un après l’autre."
    ),
    Refusal.ENCODING: _(
        "Ce fichier n’est pas en UTF-8. Exportez-le de nouveau sans l’ouvrir dans un tableur, ou"
        " enregistrez-le en UTF-8."
    ),
    Refusal.DOCUMENT: _("Ce fichier n’est pas du JSON. Enregistrez la réponse telle quelle."),
    Refusal.LARGE: _(
        "Ce fichier dépasse 64 Mo. Demandez la réponse en plusieurs pages, et donnez-les toutes."
    ),
    Refusal.SHAPE: _(
        "Ce JSON n’est pas une réponse de ce programme. Comparez-le à la page « Moving in » de la"
        " documentation."
    ),
    Refusal.COLUMNS: _(
        "Ce tableau n’a pas les colonnes de ce programme. Donnez le fichier tel qu’il est exporté,"
        " ou utilisez mailer import."
    ),
    Refusal.NOTHING: _("Il n’y a là ni tableau, ni JSON, ni lettre. Donnez les fichiers exportés."),
}
LEFT_OUT: Mapping[LeftOut, LazyString] = {
    LeftOut.NEVER_SIGNED_UP: _("ces personnes ne se sont jamais inscrites"),
    LeftOut.UNKNOWN: _("ni des personnes, ni des lettres"),
    LeftOut.NOT_SENT: _("jamais partie"),
    LeftOut.NO_CONTENT: _("le texte de la lettre n’est pas dans l’archive"),
    LeftOut.UNREADABLE: _(
        "son texte est abîmé ou n’est pas en UTF-8. Enregistrez-le en UTF-8 et recommencez"
    ),
}


def refused(refusal: Refusal, name: str) -> str:
    """Which file cannot be used, why, and how to mend it."""
    return f"{name}: {REFUSALS[refusal]}"
