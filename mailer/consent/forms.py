"""What the forms of the desk take."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField, ValidationError
from wtforms.validators import InputRequired

from mailer import addresses
from mailer.errors import Invalid
from mailer.web.forms import StaffForm

HOW_TO_WRITE = _("Saisissez l’adresse entière, au format nom@exemple.fr")


class ProofForm(StaffForm):
    """A whole address. It is posted, so that it stands in no address of a page."""

    address = EmailField(
        _("Adresse e-mail, en entier"),
        [InputRequired(HOW_TO_WRITE)],
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"},
    )

    def validate_address(self, field: EmailField) -> None:
        try:
            addresses.parse(field.data)
        except Invalid:
            raise ValidationError(HOW_TO_WRITE) from None
