"""What the form of a segment takes: a text, or one condition at a time that is added to it."""

from typing import Self

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice

from mailer.clock import YEARS
from mailer.delivery import segment_words
from mailer.subscriptions.segments.faults import Unreadable
from mailer.subscriptions.segments.predicate import (
    Dated,
    Deed,
    Did,
    Field,
    Is,
    Moment,
    Node,
    Not,
    Side,
    Unit,
    most,
)
from mailer.subscriptions.segments.reading import LONGEST, read
from mailer.subscriptions.segments.vocabulary import Vocabulary
from mailer.web.forms import StaffForm

LONGEST_NAME = 80
ALL, SOME = "all", "some"


class SegmentForm(StaffForm):
    """The name, the text, and below it what the buttons add."""

    name = StringField(_("Nom du segment"), render_kw={"class": "wide", "autocomplete": "off"})
    text = TextAreaField(
        _("Qui, en toutes lettres"),
        render_kw={"rows": 4, "spellcheck": "false", "maxlength": LONGEST},
    )
    joining = RadioField(
        _("Relier la nouvelle condition par"),
        choices=[
            SelectChoice(ALL, _("et : elle doit être vraie aussi")),
            SelectChoice(SOME, _("ou : elle suffit")),
        ],
        default=ALL,
    )
    choice = SelectField(_("Ce qui est connu"), choices=[], validate_choice=False)
    denied = BooleanField(_("Le contraire : tous sauf ceux-là"))
    when = SelectField(_("Moment"), choices=[], validate_choice=False)
    day = DateField(_("Jour"))
    deed = SelectField(_("Ce qui a été mesuré"), choices=[], validate_choice=False)
    count = IntegerField(_("Nombre"), default=30)
    unit = SelectField(_("Compté en"), choices=[], validate_choice=False)

    vocabulary = Vocabulary()

    def knowing(self, vocabulary: Vocabulary) -> Self:
        """The same form, for those values."""
        self.vocabulary = vocabulary
        self.choice.choices = segment_words.choices(vocabulary)
        self.when.choices = segment_words.moments()
        self.deed.choices = segment_words.deeds()
        self.unit.choices = segment_words.units()
        return self

    @property
    def is_blank(self) -> bool:
        return not (self.text.data or "").strip()

    def read(self) -> Node | None:
        """What the text means; None, and the text says why, when that is not understood."""
        try:
            return read(self.text.data or "", self.vocabulary, str(get_locale()))
        except Unreadable as refusal:
            self.text.errors = [segment_words.fault(refusal)]
            return None

    def write(self, node: Node | None) -> None:
        """Let the text say that."""
        self.text.data = segment_words.said(node, self.vocabulary) if node else ""

    def named(self) -> str | None:
        """The name; None, and the field says why, when it is none."""
        name = " ".join((self.name.data or "").split())
        if not name:
            self.name.errors = [_("Nommez le segment, par exemple « Culture dans le Calvados »")]
        elif len(name) > LONGEST_NAME:
            self.name.errors = [_("Raccourcissez le nom : 80 caractères au plus")]
        elif "@" in name:
            self.name.errors = [_("Un nom de segment ne contient pas d’adresse : retirez le @")]
        else:
            return name
        return None

    def refuse_name(self) -> None:
        """Say that the name is another's."""
        self.name.errors = [_("Un autre segment porte ce nom. Choisissez-en un autre.")]

    def chosen(self) -> Node | None:
        """The condition that was picked among known values."""
        field, _colon, value = (self.choice.data or "").partition(":")
        if field not in set(Field) or value not in self.vocabulary.values(Field(field), "fr"):
            self.choice.errors = [_("Choisissez une valeur de la liste")]
            return None
        node = Is(Field(field), value)
        return Not(node) if self.denied.data else node

    def dated(self) -> Node | None:
        """The condition about a day."""
        moment, _colon, side = (self.when.data or "").partition(":")
        if moment not in set(Moment) or side not in set(Side):
            self.when.errors = [_("Choisissez un moment de la liste")]
        elif self.day.data is None or self.day.data.year not in YEARS:
            self.day.errors = [_("Choisissez un jour, par exemple 2026-01-01")]
        else:
            return Dated(Moment(moment), Side(side), self.day.data)
        return None

    def measured(self) -> Node | None:
        """The condition about what people did with letters."""
        deed, _colon, place = (self.deed.data or "").partition(":")
        unit, count = self.unit.data or "", self.count.data or 0
        if deed not in set(Deed) or place not in {"0", "1"}:
            self.deed.errors = [_("Choisissez ce qui a été fait dans la liste")]
        elif unit not in set(Unit) or (deed == Deed.RECEIVED and unit != Unit.DAYS):
            self.unit.errors = [_("Pour ce qui a été reçu, comptez en jours.")]
        elif not 1 <= count <= most(Unit(unit)):
            self.count.errors = [segment_words.TOO_MANY]
        else:
            node = Did(Deed(deed), count, Unit(unit))
            return node if place == "0" else Not(node)
        return None
