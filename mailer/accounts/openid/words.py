"""Why nobody is signed in, for the person before the screen."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from mailer.accounts.openid.refusals import Refusal


@dataclass(frozen=True)
class Answer:
    """The status, and the sentence that says how to go on."""

    status: int
    sentence: LazyString


ANSWERS: dict[Refusal, Answer] = {
    Refusal.DECLINED: Answer(403, _("La connexion a été abandonnée avant la fin. Recommencez.")),
    Refusal.FOREIGN: Answer(
        400, _("Cette connexion a commencé ailleurs, ou il y a plus de dix minutes. Recommencez.")
    ),
    Refusal.UNREACHABLE: Answer(
        502, _("Le service de connexion ne répond pas. Réessayez dans quelques minutes.")
    ),
    Refusal.NOT_BELIEVED: Answer(
        502,
        _(
            "La réponse du service de connexion n’a pas pu être vérifiée. Recommencez ; si cela"
            " dure, prévenez la personne qui administre ce service."
        ),
    ),
    Refusal.UNVERIFIED: Answer(
        403,
        _(
            "Le service de connexion ne garantit pas votre adresse e-mail. Faites-la vérifier"
            " auprès de lui, puis recommencez."
        ),
    ),
    Refusal.UNKNOWN: Answer(
        403,
        _(
            "Aucun compte d’ici ne porte votre adresse. Demandez une invitation à la personne qui"
            " administre ce service."
        ),
    ),
    Refusal.TAKEN: Answer(
        409,
        _(
            "Le compte de cette adresse est déjà lié à une autre identité. Voyez cela avec la"
            " personne qui administre ce service."
        ),
    ),
}
