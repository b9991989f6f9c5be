"""What the forms of requests take: the visitor's, and the officer's three."""

from flask_babel import lazy_gettext as _
from wtforms import (
    EmailField,
    Field,
    Form,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, StopValidation
from wtforms.widgets import CheckboxInput

from mailer import addresses
from mailer.errors import Invalid
from mailer.rights.kinds import NEEDS_MESSAGE, Right
from mailer.rights.labels import ASKED
from mailer.web.forms import VisitorForm

LONGEST_MESSAGE = 5000


class Boxes(SelectMultipleField):  # type: ignore[misc]  # WTForms ships no types
    """Several choices, each a box."""

    option_widget = CheckboxInput()

    def pre_validate(self, form: Form) -> None:
        del form
        known = {choice.value for choice in self.iter_choices()}
        if not self.data or not known.issuperset(self.data):
            raise StopValidation(_("Cochez au moins une demande."))


def written(text: str | None) -> str:
    """The text with the line ends that browsers count, without the space around it."""
    return (text or "").replace("\r\n", "\n").strip()


NOT_TOO_LONG = Length(max=LONGEST_MESSAGE, message=_("Ce texte est trop long. Raccourcissez-le."))


def _an_address(_form: Form, field: Field) -> None:
    try:
        addresses.parse(field.data or "")
    except Invalid:
        raise ValidationError(
            _("Saisissez une adresse complète, au format nom@exemple.fr.")
        ) from None


class Asked:
    """The rights that the boxes name, each once."""

    rights: Field

    @property
    def chosen(self) -> tuple[Right, ...]:
        return tuple(dict.fromkeys(Right(value) for value in self.rights.data))


class RequestForm(Asked, VisitorForm):
    """A visitor's request."""

    rights = Boxes(
        _("Que souhaitez-vous ?"),
        choices=[SelectChoice(right.value, title) for right, (title, _hint) in ASKED.items()],
    )
    address = EmailField(
        _("Adresse e-mail concernée"),
        [_an_address],
        render_kw={
            "autocomplete": "email",
            "spellcheck": "false",
            "maxlength": 254,
            "class": "wide",
        },
    )
    message = TextAreaField(
        _("Message"),
        [NOT_TOO_LONG],
        filters=[written],
        render_kw={"maxlength": LONGEST_MESSAGE},
    )

    def validate_message(self, field: Field) -> None:
        if NEEDS_MESSAGE.intersection(self.rights.data or ()) and not field.data:
            raise ValidationError(_("Dites en quelques mots ce que vous demandez."))
