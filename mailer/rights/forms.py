"""What the visitor's form of a request takes, and what the officer's has in common with it."""

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from wtforms import (
    EmailField,
    Field,
    Form,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, StopValidation

from mailer import addresses
from mailer.errors import Invalid
from mailer.rights.asked import ASKED, DEATH, FOR_WHOM, LANGUAGES
from mailer.rights.kinds import NEEDS_MESSAGE, Right
from mailer.rights.requesters import REPRESENTING, Requester
from mailer.web.forms import Boxes, VisitorForm

LONGEST_MESSAGE = 5000
LONGEST_NAME = 200
MAILBOX = {"autocomplete": "email", "spellcheck": "false", "maxlength": 254, "class": "wide"}
# Directives are what they say (loi 78-17 art. 85).
NEEDS_WORDS = NEEDS_MESSAGE | {Right.POST_MORTEM}


class RightBoxes(Boxes):
    """The rights, each a box; at least one is ticked."""

    def pre_validate(self, form: Form) -> None:
        del form
        known = {choice.value for choice in self.iter_choices()}
        if not self.data or not known.issuperset(self.data):
            raise StopValidation(_("Cochez au moins une demande."))


def written(text: str | None) -> str:
    """The text with the line ends that browsers count, without the space around it."""
    return (text or "").replace("\r\n", "\n").strip()


NOT_TOO_LONG = Length(max=LONGEST_MESSAGE, message=_("Ce texte est trop long. Raccourcissez-le."))


def an_address(_form: Form, field: Field) -> None:
    """A validator: the field holds a whole address."""
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
    """A visitor's request; who asks is folded away, since most ask for themselves."""

    rights = RightBoxes(
        _("Que souhaitez-vous ?"),
        choices=[SelectChoice(value, title) for value, (title, _hint) in ASKED.items()],
    )
    address = EmailField(_("Adresse e-mail concernée"), [an_address], render_kw=MAILBOX)
    message = TextAreaField(
        _("Message"),
        [NOT_TOO_LONG],
        filters=[written],
        render_kw={"maxlength": LONGEST_MESSAGE},
    )
    requester = RadioField(
        _("Pour qui demandez-vous ?"),
        choices=[SelectChoice(each.value, label) for each, label in FOR_WHOM.items()],
        default=Requester.SELF.value,
    )
    representative = StringField(
        _("Votre nom"),
        [Length(max=LONGEST_NAME, message=_("Ce nom est trop long. Raccourcissez-le."))],
        filters=[written],
        render_kw={"autocomplete": "name", "maxlength": LONGEST_NAME, "class": "wide"},
    )
    contact = EmailField(_("Votre adresse e-mail"), render_kw=MAILBOX)
    language = SelectField(
        _("Langue de nos réponses"),
        choices=[SelectChoice(tag, name) for tag, name in LANGUAGES.items()],
        default=lambda: str(get_locale()),
    )

    @property
    def chosen(self) -> tuple[Right, ...]:
        """The rights that the boxes name, each once; a death is told under that of its article."""
        named = (Right.POST_MORTEM if name == DEATH else Right(name) for name in self.rights.data)
        return tuple(dict.fromkeys(named))

    @property
    def asker(self) -> Requester:
        """Who asks: whoever tells of a death is taken for an heir."""
        return Requester.HEIR if self._tells_of_death else Requester(self.requester.data)

    @property
    def is_for_another(self) -> bool:
        """Whether what is folded away matters; asked while the choice may still be none of ours."""
        return self._tells_of_death or self.requester.data in REPRESENTING

    @property
    def _tells_of_death(self) -> bool:
        return DEATH in (self.rights.data or ())

    def validate_message(self, field: Field) -> None:
        if NEEDS_WORDS.intersection(self.rights.data or ()) and not field.data:
            raise ValidationError(_("Dites en quelques mots ce que vous demandez."))

    def validate_representative(self, field: Field) -> None:
        if self.is_for_another and not field.data:
            raise ValidationError(_("Indiquez votre nom : vous demandez pour quelqu’un d’autre."))

    def validate_contact(self, field: Field) -> None:
        if self.is_for_another and (field.data or self.asker == Requester.HEIR):
            an_address(self, field)

    @property
    def elsewhere(self) -> str:
        """Where to write to who asks for somebody else, when that is not the same mailbox."""
        typed = str(self.contact.data or "").strip()
        is_same = typed.lower() == str(self.address.data).strip().lower()
        return typed if self.is_for_another and not is_same else ""
