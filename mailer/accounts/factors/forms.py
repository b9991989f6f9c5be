"""What the pages of second factors take."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from mailer.accounts.forms import on_one_line
from mailer.web.forms import StaffForm

LONGEST_NAME = 60
LONGEST_CODE = 100
NAMED = (
    DataRequired(_("Donnez un nom à cette clé, par exemple « Ordinateur du bureau »")),
    Length(max=LONGEST_NAME, message=_("Donnez un nom de 60 caractères au plus")),
)
NAME_BOX = {"autocomplete": "off", "maxlength": LONGEST_NAME}


class CodeForm(StaffForm):
    """A code: of the application, or of the list for the day it is lost."""

    code = StringField(
        _("Code"),
        [
            InputRequired(_("Saisissez le code")),
            Length(max=LONGEST_CODE, message=_("Saisissez le code seul, sans rien d’autre")),
        ],
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "off"},
    )

    def refuse(self, sentence: str) -> None:
        """Say on the form why the code does not open."""
        self.code.errors = [sentence]


class NameForm(StaffForm):
    """How the owner calls a passkey."""

    name = StringField(_("Nom de la clé"), NAMED, [on_one_line], render_kw=NAME_BOX)


class PasskeyForm(StaffForm):
    """A new passkey: its name, the question that was asked and what the device answered."""

    name = StringField(_("Nom de la nouvelle clé"), NAMED, [on_one_line], render_kw=NAME_BOX)
    ceremony = HiddenField()
    credential = HiddenField()
