"""What the form of an endpoint takes."""

from flask_babel import lazy_gettext as _
from wtforms import URLField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from mailer import outgoing
from mailer.web.forms import Boxes, StaffForm
from mailer.webhooks.operations import EndpointData
from mailer.webhooks.words import KINDS, REFUSALS

CHOICES = [SelectChoice(kind.value, words) for kind, words in KINDS.items()]


class EndpointForm(StaffForm):
    """Where to tell, and of what."""

    url = URLField(
        _("Adresse à prévenir"),
        [
            DataRequired(_("Donnez l’adresse du programme, par exemple https://exemple.fr/hook")),
            Length(max=500, message=_("Raccourcissez l’adresse\u00a0: 500 caractères au plus")),
        ],
        render_kw={"class": "wide", "spellcheck": "false"},
    )
    kinds = Boxes(_("Prévenir quand (de tout, si rien n’est coché)"), choices=CHOICES)

    def validate_url(self, field: URLField) -> None:
        reason = outgoing.refusal(field.data or "", outgoing.configured())
        if reason is not None:
            raise ValidationError(REFUSALS[reason])

    def values(self) -> EndpointData:
        """What was typed, as the operations take it."""
        return EndpointData(self.url.data.strip(), self.kinds.data or [])
