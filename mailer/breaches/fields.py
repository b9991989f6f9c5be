"""Fields that the forms of incidents share: an instant in Paris, boxes, a number about so large."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateTimeLocalField, IntegerField, ValidationError
from wtforms.widgets import TextInput

from mailer.clock import PARIS
from mailer.web.bounds import LARGEST_KEY

A_MOMENT = _("Saisissez le jour et l’heure, à Paris, par exemple 20/11/2026 16:00.")


class Moment(DateTimeLocalField):  # type: ignore[misc]  # WTForms ships no types
    """An instant, typed as a clock in Paris shows it; of an hour that comes twice, the first.

    The first is the safer one: the time to notify ends sooner.
    """

    # A datetime once it is filled in.
    data: Any

    def __init__(self, label: object, validators: object = (), **kwargs: object) -> None:
        super().__init__(
            label, validators, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs
        )

    def process_data(self, value: datetime | None) -> None:
        self.data = value.astimezone(PARIS) if value else None

    def process_formdata(self, valuelist: list[str]) -> None:
        if not any(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(A_MOMENT) from None
        self.data = self.data.replace(tzinfo=PARIS)


class About(IntegerField):  # type: ignore[misc]  # WTForms ships no types
    """A number that may be approximate, or not known yet; spaces between its digits are let be."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        text = "".join("".join(valuelist).split())
        if not text:
            self.data = None
            return
        try:
            self.data = int(text)
        except ValueError:
            raise ValueError(_("Saisissez un nombre entier, par exemple 1200.")) from None

    def pre_validate(self, form: object) -> None:
        del form
        if self.data is not None and not 0 <= self.data <= LARGEST_KEY:
            raise ValidationError(_("Saisissez un nombre entier, par exemple 1200."))
