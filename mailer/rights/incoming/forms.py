"""What the officer fills in on a mail: the request that it is, or why it is none."""

from datetime import date

from flask_babel import lazy_gettext as _
from wtforms import Field, TextAreaField, ValidationError
from wtforms.validators import DataRequired

from mailer.rights import words
from mailer.rights.forms import LONGEST_MESSAGE, NOT_TOO_LONG, written
from mailer.rights.incoming.models import IncomingMail
from mailer.rights.incoming.recognising import is_english
from mailer.rights.intake_forms import IntakeForm
from mailer.rights.models import Channel
from mailer.web.forms import StaffForm


class AcceptForm(IntakeForm):
    """The request that a mail is; it came no later than the mail."""

    latest = date.max

    def validate_received_on(self, field: Field) -> None:
        super().validate_received_on(field)
        if field.data > self.latest:
            said = _("Choisissez le %(day)s, jour où le courriel est arrivé, ou un jour d’avant.")
            raise ValidationError(said % {"day": words.day(self.latest)})


class SetAsideForm(StaffForm):
    """Why a mail is no request."""

    reason = TextAreaField(
        _("Pourquoi ce n’est pas une demande"),
        [
            DataRequired(_("Écrivez pourquoi : la raison est gardée avec le courriel.")),
            NOT_TOO_LONG,
        ],
        filters=[written],
    )


def filled(mail: IncomingMail, received_on: date) -> dict[str, object]:
    """What the form of the request holds before the officer corrects it."""
    return {
        "channel": Channel.EMAIL.value,
        "received_on": received_on,
        "rights": mail.suggested,
        "address": mail.sender,
        "language": "en" if is_english(mail.text) else "fr",
        "verbatim": _cut(mail.text or mail.subject),
    }


def _cut(text: str) -> str:
    if len(text) <= LONGEST_MESSAGE:
        return text
    rest = str(_("[…] La suite est dans le courriel gardé au dossier."))
    return f"{text[: LONGEST_MESSAGE - len(rest) - 2]}\n\n{rest}"
