"""What the form of an election takes."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from mailer.delivery.elections import PeriodData
from mailer.web.forms import StaffForm

DAY = _("Choisissez un jour, par exemple 2027-03-14")


class ElectionForm(StaffForm):
    """Its name, and the days from which and until which letters are looked at once more."""

    name = StringField(
        _("Élection"),
        [
            DataRequired(_("Nommez l’élection, par exemple « Municipales 2026 »")),
            Length(max=80, message=_("Raccourcissez le nom : 80 caractères au plus")),
        ],
    )
    first_day = DateField(_("Du"), [DataRequired(DAY)])
    last_day = DateField(_("Au"), [DataRequired(DAY)])

    def validate_last_day(self, field: DateField) -> None:
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_("Le dernier jour vient avant le premier. Échangez-les."))

    def values(self) -> PeriodData:
        """What was typed, as the operations take it."""
        return PeriodData(self.name.data.strip(), self.first_day.data, self.last_day.data)
