"""The choice of what is measured, in the forms of the desk."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from wtforms import RadioField, ValidationError

from mailer.consent.modes import Choice, choices
from mailer.consent.tracking import Mode, at_most


class TrackingChoice:
    """A form that offers the modes up to one; with nothing to choose it asks nothing."""

    tracking = RadioField(_("Que mesurer ?"), default=Mode.NONE.value, validate_choice=False)

    def most(self) -> Mode:
        """The most that may be chosen."""
        return Mode.NONE

    @property
    def modes(self) -> Sequence[Choice]:
        return choices(at_most(self.most()))

    @property
    def mode(self) -> Mode:
        return Mode(self.tracking.data)

    def validate_tracking(self, field: RadioField) -> None:
        # What was not asked stays as it was, even when the installation measures less by now.
        if field.raw_data and field.data not in {mode.value for mode in at_most(self.most())}:
            raise ValidationError(_("Choisissez ce qui est mesuré, parmi les choix."))
