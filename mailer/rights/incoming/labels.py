"""Incoming mails in the officer's words: why one was put aside, what one seems to ask."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from mailer.rights.incoming.citing import Law
from mailer.rights.incoming.mail import Ignored
from mailer.rights.incoming.queries import View
from mailer.rights.incoming.recognising import Suggestion
from mailer.rights.kinds import Right
from mailer.rights.labels import RIGHTS

VIEWS = {View.TODO: lazy_gettext("À examiner"), View.ASIDE: lazy_gettext("Sans suite")}

IGNORED = {
    Ignored.OWN: lazy_gettext("C’est un de nos propres courriels."),
    Ignored.BOUNCE: lazy_gettext("Un serveur y dit qu’un courriel n’a pas été remis."),
    Ignored.AUTOMATIC: lazy_gettext("C’est une réponse automatique."),
    Ignored.LIST: lazy_gettext("Ce courriel a été envoyé à une liste de personnes."),
}


def suggested(suggestions: Iterable[Suggestion]) -> list[str]:
    """Each suggestion with what it rests on: "Accès (ancien article 39)"."""
    return [_suggested(each) for each in suggestions if each.right != Right.UNCLEAR]


def _suggested(each: Suggestion) -> str:
    right = RIGHTS[each.right]
    match each.law:
        case Law.OLD:
            said = _("%(right)s (ancien article %(number)s)", right=right, number=each.article)
        case Law.CURRENT:
            said = _("%(right)s (article %(number)s de la loi)", right=right, number=each.article)
        case Law.GDPR:
            said = _("%(right)s (article %(number)s du RGPD)", right=right, number=each.article)
        case _:
            said = _("%(right)s (« %(words)s »)", right=right, words=each.words)
    return str(said)
