"""What the sign-in form takes."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import Form, PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from mailer import addresses
from mailer.errors import Invalid
from mailer.web.forms import VisitorForm


class AddressField(StringField):  # type: ignore[misc]  # WTForms ships no types
    """The address of an account, checked as it is parsed."""

    def __init__(self, **more: object) -> None:
        super().__init__(
            _("Adresse e-mail"),
            [InputRequired(_("Saisissez votre adresse e-mail, par exemple nom@exemple.fr"))],
            # The control group of a user name is text (HTML, autofill).
            render_kw={
                "autocomplete": "username",
                "inputmode": "email",
                "autocapitalize": "none",
                "spellcheck": "false",
            },
            **more,
        )

    def pre_validate(self, form: Form) -> None:
        del form
        try:
            addresses.parse(self.data or "")
        except Invalid:
            raise ValidationError(
                _("Saisissez l’adresse en entier, au format nom@exemple.fr")
            ) from None


LONGEST_NAME = 80


class NameField(StringField):  # type: ignore[misc]  # WTForms ships no types
    """How the desk calls somebody, on one line."""

    def __init__(self, lacking: LazyString, autocomplete: str, **more: object) -> None:
        too_long = _("Donnez un nom de %(most)s caractères au plus", most=LONGEST_NAME)
        super().__init__(
            _("Nom"),
            [DataRequired(lacking), Length(max=LONGEST_NAME, message=too_long)],
            filters=[on_one_line],
            render_kw={"autocomplete": autocomplete, "maxlength": LONGEST_NAME},
            **more,
        )


def on_one_line(text: str | None) -> str:
    """What was typed, with one space between two words and none around them."""
    return " ".join((text or "").split())


class SignInForm(VisitorForm):
    """An address and a passphrase."""

    email = AddressField()
    passphrase = PasswordField(
        _("Phrase de passe"),
        [InputRequired(_("Saisissez votre phrase de passe"))],
        render_kw={"autocomplete": "current-password"},
    )

    def refuse(self, sentence: str) -> None:
        """Say on the form why it did not open."""
        self.passphrase.errors = [sentence]
