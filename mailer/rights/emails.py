"""The letters to a person. None is built that lacks a mandatory mention."""

from collections.abc import Mapping
from datetime import date

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import links, rulebook
from mailer.clock import paris_day
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.rights import letters, words
from mailer.rights.kinds import AT_ONCE, FREEZING, Right
from mailer.rights.labels import OUTCOMES, RIGHTS
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.states import Outcome
from mailer.tokens import RIGHTS_MAILBOX


def acknowledgement(case: RightsRequest) -> Message:
    """A1: received, what is already done, and the day by which the answer comes."""
    with force_locale(case.language):
        return _letter(
            Kind.ACKNOWLEDGEMENT,
            case,
            due=words.day(case.due),
            done=_done(case.rights),
            completing=_(
                "Pour compléter votre demande, écrivez-nous en rappelant cette référence."
            ),
            free=_("Cette démarche est gratuite."),
            link=links.rights_mailbox(RIGHTS_MAILBOX.sign(case.id)),
            home=links.home(),
        )


def answer(
    case: RightsRequest, decided: Mapping[Right, Outcome], text: str, grounds: str
) -> Message:
    """A6, A8 or the plain answer, as the outcomes ask."""
    kind = letters.kind_of(decided)
    with force_locale(case.language):
        if kind == Kind.OBJECTION:
            return _letter(kind, case, answer=text, **_objection(paris_day(case.logged_at)))
        return _letter(
            kind,
            case,
            outcomes=_outcomes(decided),
            answer=text,
            grounds=grounds,
            complaint=_complaint(),
            court=_court(),
        )


def _letter(kind: Kind, case: RightsRequest, **own: str) -> Message:
    mentions = {
        "reference": case.reference,
        "received_on": words.day(case.received_on),
        "rights": words.rights(case.rights),
        "controller": current_app.config["ORGANISATION"],
        "dpo": current_app.config["DPO_ADDRESS"],
        **{name: str(value) for name, value in own.items()},
    }
    message = templates.render(f"rights/{kind}", case.address, case.language, **mentions)
    letters.check(kind, mentions, message.text, message.html)
    return message


def _done(asked: tuple[Right, ...]) -> str:
    if AT_ONCE.intersection(asked):
        return str(_("C’est déjà fait : plus aucun envoi ne partira vers cette adresse."))
    if FREEZING.intersection(asked):
        return str(_("En attendant notre réponse, plus aucun envoi ne partira vers cette adresse."))
    return str(
        _("Votre demande est enregistrée et confiée au délégué à la protection des données.")
    )


def _objection(effective_on: date) -> dict[str, str]:
    years = rulebook.load().figures.suppression_years.value
    return {
        "effective_on": words.day(effective_on),
        "scope": _("L’opposition vaut pour toutes nos lettres."),
        "kept": _(
            "Nous gardons une empreinte de votre adresse, illisible, pendant %(years)s ans au moins"
            " : sans elle, nous ne pourrions pas veiller à ne plus vous écrire.",
            years=years,
        ),
    }


def _outcomes(decided: Mapping[Right, Outcome]) -> str:
    return ", ".join(
        _("%(right)s : %(outcome)s", right=RIGHTS[right], outcome=OUTCOMES[outcome])
        for right, outcome in decided.items()
    )


def _complaint() -> str:
    authority = rulebook.load().authority
    return str(
        _(
            "Vous pouvez adresser une réclamation à la %(name)s, %(address)s, %(website)s.",
            name=authority.name,
            address=authority.address,
            website=authority.website,
        )
    )


def _court() -> str:
    return str(
        _(
            "Vous pouvez aussi former un recours devant le tribunal administratif (%(article)s).",
            article=rulebook.load().authority.court,
        )
    )
