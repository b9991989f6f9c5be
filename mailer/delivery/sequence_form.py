"""What the forms of series take: for which list, and which letter how many days after."""

from collections.abc import Sequence as Several

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, ValidationError
from wtforms.validators import InputRequired, NumberRange

from mailer.delivery.sequence_models import Sequence, SequenceStep
from mailer.delivery.sequence_rules import FURTHEST_DAYS
from mailer.newsletters.models import Issue
from mailer.subscriptions.models import MailingList
from mailer.web.forms import StaffForm

HOW_MANY = _("Donnez un nombre de jours de 0 à 365 ; 0 pour un mot de bienvenue.")


class NewSequenceForm(StaffForm):
    """The list whose newcomers receive it."""

    list = RadioField(
        _("Pour quelle liste ?"),
        coerce=int,
        validators=[InputRequired(_("Choisissez une liste : ses nouveaux abonnés la recevront."))],
    )

    def offering(self, lists: Several[MailingList]) -> "NewSequenceForm":
        """The same form with the lists that have no series yet."""
        self.list.choices = [(each.id, each.name) for each in lists]
        return self


class StepForm(StaffForm):
    """One letter of a series, and its day."""

    days = IntegerField(
        _("Combien de jours après la confirmation ?"),
        validators=[InputRequired(HOW_MANY), NumberRange(0, FURTHEST_DAYS, HOW_MANY)],
    )
    letter = RadioField(
        _("Quelle lettre ?"),
        coerce=int,
        validators=[InputRequired(_("Choisissez une lettre approuvée."))],
    )

    def offering(
        self, letters: Several[Issue], of: Sequence, step: SequenceStep | None
    ) -> "StepForm":
        """The same form with those letters, beside what the other steps of the series take."""
        self.letter.choices = [(each.id, each.subject) for each in letters]
        self.others = [each for each in of.steps if each is not step]
        return self

    def validate_days(self, field: IntegerField) -> None:
        if any(each.days == field.data for each in self.others):
            raise ValidationError(
                _("Une autre lettre part déjà ce jour-là. Choisissez-en un autre.")
            )

    def validate_letter(self, field: RadioField) -> None:
        if any(each.issue_id == field.data for each in self.others):
            raise ValidationError(
                _("Cette lettre est déjà dans la série. Choisissez-en une autre.")
            )
