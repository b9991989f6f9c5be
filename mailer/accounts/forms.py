"""What the sign-in form takes."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField, PasswordField, ValidationError
from wtforms.validators import InputRequired

from mailer import addresses
from mailer.errors import Invalid
from mailer.web.forms import VisitorForm


class SignInForm(VisitorForm):
    """An address and a passphrase."""

    email = EmailField(
        _("Adresse e-mail"),
        [InputRequired(_("Saisissez votre adresse e-mail, par exemple nom@exemple.fr"))],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )
    passphrase = PasswordField(
        _("Phrase de passe"),
        [InputRequired(_("Saisissez votre phrase de passe"))],
        render_kw={"autocomplete": "current-password"},
    )

    def validate_email(self, field: EmailField) -> None:
        try:
            addresses.parse(field.data)
        except Invalid:
            raise ValidationError(
                _("Saisissez l’adresse en entier, au format nom@exemple.fr")
            ) from None

    def refuse(self, sentence: str) -> None:
        """Say on the form why it did not open."""
        self.passphrase.errors = [sentence]
