"""What the forms take: the only place where what was typed is judged."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from mailer import addresses, rulebook
from mailer.consent.bases import OF_A_LIST, LawfulBasis
from mailer.consent.mode_form import TrackingChoice
from mailer.consent.notice_words import BASES
from mailer.consent.tracking import Mode
from mailer.errors import Invalid
from mailer.subscriptions.address_index import LETTERS
from mailer.subscriptions.lists import Archive, ListData
from mailer.subscriptions.models import MailingList
from mailer.web.bounds import row_key
from mailer.web.forms import StaffForm, VisitorForm


class Place(StrEnum):
    """Where in an address the typed text is looked for."""

    ANYWHERE = "partout"
    BEGINNING = "debut"


HOW_TO_WRITE = _("Saisissez une adresse e-mail au format nom@exemple.fr")
SHORTER_WORD = _("Raccourcissez : 40 caractères au plus")
TICK_ONE = _("Cochez au moins une lettre")


def address_field() -> EmailField:
    """Where an address is typed."""
    return EmailField(
        validators=[InputRequired(HOW_TO_WRITE)],
        render_kw={
            "autocomplete": "email",
            "spellcheck": "false",
            "autocapitalize": "none",
            "size": 30,
            "maxlength": 254,
        },
    )


class AddressForm(VisitorForm):
    """One address."""

    email = address_field()

    def validate_email(self, field: EmailField) -> None:
        try:
            addresses.parse(field.data)
        except Invalid:
            raise ValidationError(HOW_TO_WRITE) from None


class SubscriptionForm(AddressForm):
    """One address, the lists that were ticked, and the digest of the form that was shown."""

    lists = SelectMultipleField(
        validators=[InputRequired(TICK_ONE)],
        choices=[],
        validate_choice=False,
    )
    # Below the lists, as on the page: the summary of errors tells them in that order.
    email = address_field()
    age = BooleanField()
    measure = BooleanField()
    shown = HiddenField()

    offered: frozenset[str] = frozenset()
    asking_age: frozenset[str] = frozenset()

    def offering(self, lists: Iterable[MailingList]) -> Self:
        """The same form, for those lists."""
        asked = {row.slug: row.asks_age for row in lists}
        self.offered = frozenset(asked)
        self.asking_age = frozenset(slug for slug, asks in asked.items() if asks)
        return self

    def validate_age(self, field: BooleanField) -> None:
        if self.asking_age.intersection(self.lists.data) and not field.data:
            raise ValidationError(_too_young())

    def validate_lists(self, field: SelectMultipleField) -> None:
        if not self.offered.intersection(field.data):
            raise ValidationError(TICK_ONE)


def _too_young() -> str:
    sentence: str = gettext(
        "Avant %(age)d ans, il faut l’accord d’un parent : il peut nous écrire à %(address)s."
        " Rien n’a été gardé de votre saisie. Si vous avez %(age)d ans ou plus, cochez la case.",
        age=rulebook.load().figures.minor_age.value,
        address=current_app.config["DPO_ADDRESS"],
    )
    return sentence


def one_word(_form: StaffForm, field: StringField) -> None:
    """Only what can stand in the text of a segment, and tells of nobody."""
    if set(field.data or "") & set('«»“”"()@='):
        raise ValidationError(_("Retirez les guillemets, les parenthèses et les signes @ et ="))


class ListForm(TrackingChoice, StaffForm):
    """A list: what comes and how often, as the form will say it; what for, as the notice will."""

    name = StringField(
        _("Nom"),
        [
            InputRequired(_("Donnez un nom à la liste, par exemple « La lettre »")),
            Length(max=80, message=_("Raccourcissez le nom : 80 caractères au plus")),
        ],
    )
    description = StringField(
        _("Ce que l’on reçoit"),
        [
            InputRequired(_("Dites en une phrase ce que la personne recevra")),
            Length(max=200, message=_("Raccourcissez la phrase : 200 caractères au plus")),
        ],
        render_kw={"class": "wide"},
    )
    frequency = StringField(
        _("Fréquence"),
        [
            InputRequired(_("Dites à quelle fréquence, par exemple « Une fois par mois »")),
            Length(max=80, message=_("Raccourcissez la fréquence : 80 caractères au plus")),
        ],
    )

    aim = StringField(
        _("À quoi sert cette liste"),
        [
            DataRequired(_("Dites à quoi sert la liste : la loi veut que chacune ait son but")),
            Length(max=200, message=_("Raccourcissez la phrase : 200 caractères au plus")),
        ],
        render_kw={"class": "wide"},
    )
    basis = SelectField(
        _("Base légale"),
        [InputRequired(_("Choisissez sur quoi repose la liste"))],
        choices=[SelectChoice(basis.value, BASES[basis]) for basis in OF_A_LIST],
        default=LawfulBasis.CONSENT.value,
        validate_choice=False,
    )
    asks_age = BooleanField(_("Demander à chacun s’il a l’âge de s’inscrire seul"))

    topic = StringField(_("Sujet"), [Length(max=40, message=SHORTER_WORD), one_word])
    territory = StringField(_("Territoire"), [Length(max=40, message=SHORTER_WORD), one_word])

    unlisted = BooleanField(_("Ne pas la proposer à tous les visiteurs"))
    welcome = TextAreaField(
        _("Mot de bienvenue"),
        [Length(max=500, message=_("Raccourcissez le mot de bienvenue : 500 caractères au plus"))],
        render_kw={"rows": 3},
    )

    archive = RadioField(
        _("Lettres déjà parues"),
        choices=[
            SelectChoice(Archive.NONE.value, _("Ne pas les publier")),
            SelectChoice(
                Archive.UNINDEXED.value,
                _("Les publier sur ce site, sans les moteurs de recherche"),
            ),
            SelectChoice(
                Archive.INDEXED.value,
                _("Les publier sur ce site, et les laisser trouver par les moteurs de recherche"),
            ),
        ],
        default=Archive.NONE.value,
    )

    def most(self) -> Mode:
        """The most that the installation measures."""
        return Mode(current_app.config["TRACKING"])

    def validate_basis(self, field: SelectField) -> None:
        if field.data not in {basis.value for basis in OF_A_LIST}:
            raise ValidationError(_("Choisissez une base légale de la liste"))

    def values(self) -> ListData:
        """What was typed, as the operations take it."""
        texts = (self.name, self.description, self.frequency, self.aim)
        name, description, frequency, aim = (field.data.strip() for field in texts)
        return ListData(
            name=name,
            description=description,
            frequency=frequency,
            aim=aim,
            basis=LawfulBasis(self.basis.data),
            tracking=self.mode,
            asks_age=self.asks_age.data,
            archive=Archive(self.archive.data),
            topic=" ".join((self.topic.data or "").split()),
            territory=" ".join((self.territory.data or "").split()),
            welcome=(self.welcome.data or "").strip(),
            unlisted=self.unlisted.data,
        )


class SearchForm(StaffForm):
    """A part of an address, or its beginning. It is posted, and stands in no address of a page."""

    text = StringField(
        _("Adresse, ou une partie"),
        [InputRequired(_("Saisissez une partie d’une adresse, par exemple camille"))],
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"},
    )
    place = RadioField(
        _("Où chercher"),
        choices=[
            SelectChoice(Place.ANYWHERE.value, _("Partout dans l’adresse")),
            SelectChoice(Place.BEGINNING.value, _("Au début, par ordre alphabétique")),
        ],
        default=Place.ANYWHERE.value,
    )
    key = HiddenField()

    @property
    def asked(self) -> str:
        """What was typed, as addresses are compared."""
        return (self.text.data or "").strip().lower()

    @property
    def is_beginning(self) -> bool:
        """Whether the beginning is meant; of one letter or two, nothing else is looked for."""
        return self.place.data == Place.BEGINNING or len(self.asked) < LETTERS

    @property
    def last(self) -> int | None:
        """The person whom the page before ended with."""
        try:
            return row_key(self.key.data or "")
        except ValueError:
            return None
