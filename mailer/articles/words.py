"""What a source is, and what was read in it, in words."""

from flask_babel import lazy_gettext as _

from mailer.articles.data import Gap, Kind, Note
from mailer.articles.listing import State

KINDS = {
    Kind.FEED: _("flux RSS ou Atom"),
    Kind.JSON_FEED: _("flux JSON"),
    Kind.WORDPRESS: _("interface REST"),
    Kind.SITEMAP: _("plan de site"),
    Kind.PAGE: _("page d’article"),
    Kind.TYPED: _("saisie au bureau"),
}

STATES = {
    State.UNDESCRIBED: _("image sans texte de remplacement"),
    State.CHANGED: _("modifié depuis son arrivée"),
    State.VANISHED: _("disparu du site"),
}

# `%(given)s` is what stood there instead.
GAPS = {
    Gap.NO_TITLE: _("Pas de titre : le début du résumé en tiendra lieu."),
    Gap.NO_LINK: _(
        "Pas de lien : l’article est laissé de côté, puisqu’une lettre ne pourrait pas y mener."
    ),
    Gap.BAD_LINK: _(
        "Le lien « %(given)s » n’est pas une adresse web : l’article est laissé de côté."
    ),
    Gap.NO_DATE: _("Pas de date : l’article sera rangé au jour de son arrivée."),
    Gap.BAD_DATE: _(
        "La date « %(given)s » n’a pas été comprise : l’article sera rangé au jour de son arrivée."
    ),
    Gap.NO_SUMMARY: _("Pas de résumé : la lettre ne montrera que le titre."),
    Gap.NO_IMAGE: _("Pas d’image : le flux n’en nomme aucune, et le texte n’en montre pas."),
    Gap.BAD_IMAGE: _("Pas d’image : « %(given)s » ne mène pas à une image."),
    Gap.NO_ALTERNATIVE: _(
        "L’image n’a pas de texte de remplacement : vous l’écrirez dans la liste des articles."
    ),
    Gap.JOINED: _("Même adresse que « %(given)s » : les deux ne font qu’un article."),
    Gap.ENCODING_GUESSED: _(
        "Les lettres ne sont pas codées comme le document le dit : il a été lu en %(given)s. "
        "Vérifiez les accents."
    ),
    Gap.BROKEN: _(
        "Le document est mal formé, et n’a été lu qu’en partie. Demandez à la personne qui "
        "s’occupe du site de le faire vérifier."
    ),
    Gap.CUT: _("Il y en a d’autres : seuls les %(given)s premiers articles sont lus."),
}


def said(note: Note) -> str:
    """The note as a sentence."""
    return str(GAPS[note.gap]) % {"given": note.given}
