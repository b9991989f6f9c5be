"""The day and the hour of a departure, as somebody types them."""

from datetime import UTC, datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, Form, TimeField, ValidationError

from mailer.clock import PARIS, now
from mailer.web.forms import StaffForm


def in_our_words(_form: Form, field: DateField | TimeField) -> None:
    """Drop what the library says of a field that it cannot read: we say it better."""
    field.errors = []


class Departure(Form):  # type: ignore[misc]  # WTForms ships no types
    """A day and an hour in Paris, in the future."""

    day = DateField(_("Jour"), validators=[in_our_words])
    hour = TimeField(_("Heure, à Paris"), validators=[in_our_words])

    @property
    def starts_at(self) -> datetime:
        """The instant that was chosen; the first of the two when the clock goes back."""
        return datetime.combine(self.day.data, self.hour.data, PARIS)

    @property
    def is_twice(self) -> bool:
        """Whether the clocks of Paris show that hour twice that day."""
        return self.starts_at.replace(fold=1).utcoffset() != (
            self.starts_at.replace(fold=0).utcoffset()
        )

    def validate_day(self, field: DateField) -> None:
        if field.data is None:
            raise ValidationError(_("Choisissez le jour du départ."))

    def validate_hour(self, field: TimeField) -> None:
        if self.day.data is None:
            return
        if field.data is None:
            raise ValidationError(_("Choisissez l’heure du départ, par exemple 09:00."))
        present = now()
        if self.starts_at <= present:
            hour = f"{present.astimezone(PARIS):%H:%M}"
            raise ValidationError(
                gettext(
                    "Choisissez une date d’envoi dans le futur ; il est %(hour)s à Paris.",
                    hour=hour,
                )
            )
        if not _exists(self.starts_at):
            raise ValidationError(
                _(
                    "Cette heure n’existe pas : l’heure d’été commence ce jour-là."
                    " Choisissez-en une autre."
                )
            )


class MoveForm(Departure, StaffForm):
    """Another hour for a campaign that has not begun."""

    sure = BooleanField(_("C’est voulu : déplacer le départ à ce jour-là"))

    def ask_again(self) -> None:
        """Say that something speaks against that day; the page says what."""
        self.sure.errors = [_("Lisez l’avertissement, puis cochez la case si c’est voulu.")]


def _exists(local: datetime) -> bool:
    """Whether the clocks of that place show that hour that day."""
    utc = local.astimezone(UTC)
    return utc.astimezone(local.tzinfo) == local
