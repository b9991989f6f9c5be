"""What the form that sends a letter takes."""

from datetime import date, datetime
from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    StringField,
    TimeField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, StopValidation
from wtforms.widgets import HiddenInput

from mailer.clock import now, paris_day
from mailer.consent.mode_form import TrackingChoice
from mailer.consent.tracking import Mode
from mailer.delivery.departure_form import Departure
from mailer.delivery.segment_choice import SegmentChoice
from mailer.delivery.subject_form import SubjectChoice
from mailer.delivery.utm import NOTHING as NO_UTM
from mailer.delivery.utm import Utm
from mailer.web.forms import StaffForm

NOW, LATER = "now", "later"
# Offered where somebody chooses to tell sites where their visitors come from.
UTM = Utm("lettre", "email")

SHORT = Length(max=80, message=_("Raccourcissez : 80 caractères au plus"))


def only_later(form: "SendForm", field: DateField | TimeField) -> None:
    """Ask for the field when a later hour is chosen, in our own words: drop the library's.

    A day that was filled in while "now" is ticked must not send the letter at once.
    """
    field.errors = []
    if form.is_later:
        return
    if any(field.raw_data or ()):
        raise StopValidation(
            _("Pour partir ce jour-là, cochez « À une date et une heure » ; sinon, videz ce champ.")
        )
    raise StopValidation


class SendForm(SubjectChoice, SegmentChoice, TrackingChoice, Departure, StaffForm):
    """When the letter leaves; `run` is which sending of it the page showed."""

    run = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    # The campaign whose readers alone get this letter; empty for the whole list.
    corrects = IntegerField(widget=HiddenInput(), validators=[Optional()])
    # What the page showed of the letter, by its hash.
    content = HiddenField()
    when = RadioField(
        _("Quand ?"),
        choices=[
            SelectChoice(NOW, _("Maintenant")),
            SelectChoice(LATER, _("À une date et une heure")),
        ],
        default=NOW,
    )
    day = DateField(_("Jour"), validators=[only_later])
    hour = TimeField(_("Heure, à Paris"), validators=[only_later])
    second = BooleanField(_("Je l’ai relue en pensant à cette élection, et elle peut partir"))
    utm = BooleanField(_("Dire aux sites d’où viennent les visites (paramètres UTM)"))
    utm_source = StringField(_("Source"), [SHORT], default=UTM.source)
    utm_medium = StringField(_("Support"), [SHORT], default=UTM.medium)
    utm_campaign = StringField(_("Campagne"), [SHORT])
    again = BooleanField(_("Envoyer une fois de plus, aux mêmes personnes"))

    list_allows = Mode.NONE

    def most(self) -> Mode:
        """The most that the list and the installation measure."""
        return self.list_allows

    def offering(self, most: Mode) -> Self:
        """The same form, for a letter of which at most that may be measured."""
        self.list_allows = most
        if not self.is_submitted():
            self.tracking.data = most.value
        return self

    def trying(self, own_subject: str, readers: int) -> Self:
        """The same form, for a letter of that subject that so many would get."""
        self.own_subject, self.readers = own_subject, readers
        return self

    @property
    def is_later(self) -> bool:
        return bool(self.when.data == LATER)

    @property
    def starts_at(self) -> datetime:
        """The instant that was chosen; the first of the two when the clock goes back."""
        if not self.is_later:
            return now()
        return super().starts_at

    @property
    def plausible_start(self) -> datetime:
        """The same while the form may still hold a fault: now, when no hour can be read."""
        is_told = self.is_later and self.day.data and self.hour.data
        return self.starts_at if is_told else now()

    @property
    def is_twice(self) -> bool:
        return self.is_later and super().is_twice

    @property
    def departs_on(self) -> date:
        """The day in Paris that was chosen; today, while none is."""
        return self.day.data if self.is_later and self.day.data else paris_day(now())

    @property
    def links_told(self) -> Utm:
        """What the links of the letter tell the sites that they lead to."""
        if not self.utm.data:
            return NO_UTM
        typed = (self.utm_source, self.utm_medium, self.utm_campaign)
        return Utm(*((field.data or "").strip() for field in typed))

    def validate_utm_source(self, field: StringField) -> None:
        if self.utm.data and not (field.data or "").strip():
            raise ValidationError(
                _("Donnez la source, par exemple « lettre », ou décochez la case.")
            )

    def ask_to_look_again(self) -> None:
        """Say that a letter of these days is read twice."""
        self.second.errors = [_("Cochez la case après avoir relu la lettre une seconde fois.")]

    def ask_again(self) -> None:
        """Say that people would get the letter twice; the page says from which campaign."""
        self.again.errors = [
            _("Des personnes recevraient deux fois cette lettre. Cochez la case si c’est voulu.")
        ]
