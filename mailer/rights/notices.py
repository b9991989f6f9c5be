"""The short letters on the way of a request: a question, more time, an end without an answer."""

from collections.abc import Mapping

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import rulebook
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.rights import words
from mailer.rights.labels import LETTERS
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest


def write(case: RightsRequest, kind: Kind, paragraphs: Mapping[str, str]) -> Message:
    """The letter of that kind, a paragraph for each mention, then the remedies that it owes."""
    with force_locale(case.language):
        said = [*paragraphs.values(), *(_remedies() if kind in OWING else ())]
        return templates.render(
            "rights/notice",
            case.address,
            case.language,
            title=_(
                "%(title)s : demande %(reference)s", title=LETTERS[kind], reference=case.reference
            ),
            reference=case.reference,
            received_on=words.day(case.received_on),
            rights=words.rights(case.rights),
            paragraphs=said,
            dpo=current_app.config["DPO_ADDRESS"],
        )


# GDPR art. 12(3) and (4): who waits longer, or gets no answer, is told where to turn.
OWING = frozenset({Kind.A2B, Kind.A3})


def _remedies() -> tuple[str, ...]:
    authority = rulebook.load().authority
    complaint = _(
        "Vous pouvez adresser une réclamation à la %(name)s, %(address)s, %(website)s.",
        name=authority.name,
        address=authority.address,
        website=authority.website,
    )
    court = _(
        "Vous pouvez aussi former un recours devant le tribunal administratif (%(article)s).",
        article=authority.court,
    )
    return str(complaint), str(court)
