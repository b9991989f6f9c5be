"""What the page of preferences and the page of leaving take."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mailer.clock import now, paris_day
from mailer.consent.tracking import Answer, Answers
from mailer.subscriptions.choices import Choices
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.pausing import (
    PAUSE_MONTHS,
    WEEKS_APART,
    Frequency,
    longest_pause,
    midnight,
)
from mailer.subscriptions.reasons import Reason
from mailer.web.forms import VisitorForm
from mailer.web.language import LANGUAGES

FREQUENCIES = {
    Frequency.EACH: _("Chaque numéro"),
    Frequency.WEEKLY: _("Au plus une lettre par semaine"),
    Frequency.MONTHLY: _("Au plus une lettre toutes les %(weeks)s semaines", weeks=WEEKS_APART),
}
LANGUAGE_NAMES = {"fr": "français", "en": "English"}
ANSWERS = {Answer.GRANTED: _("Oui, je l’accepte"), Answer.REFUSED: _("Non, ne mesurez rien")}
REASONS = {
    Reason.TOO_OFTEN: _("Trop de lettres"),
    Reason.NOT_FOR_ME: _("Le contenu ne m’intéresse pas"),
    Reason.NEVER_ASKED: _("Je ne me souviens pas de l’avoir demandée"),
    Reason.NO_TIME: _("Je n’ai pas le temps de la lire"),
    Reason.OTHER: _("Une autre raison"),
}
PICK_A_DAY = _(
    "Choisissez un jour entre demain et dans %(months)s mois, ou videz la case", months=PAUSE_MONTHS
)


class DayField(DateField):  # type: ignore[misc]  # WTForms ships no types
    """A day, as the browser's own field sends it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(PICK_A_DAY) from None


class PreferencesForm(VisitorForm):
    """All that a person chooses, but the frequency of each list: see `preferences_form`."""

    lists = SelectMultipleField(choices=[], coerce=int, validate_choice=False)
    language = SelectField(
        _("Langue des courriels"),
        choices=[SelectChoice(each, LANGUAGE_NAMES[each]) for each in LANGUAGES],
    )
    paused_until = DayField(
        _("Ne rien m’envoyer avant le"),
        [Optional()],
        description=_(
            "Une pause, %(months)s mois au plus. Les lettres reprennent d’elles-mêmes ce jour-là.",
            months=PAUSE_MONTHS,
        ),
    )
    opens = RadioField(
        _("Mesurer si j’ouvre les lettres"),
        [Optional()],
        choices=[SelectChoice(each.value, label) for each, label in ANSWERS.items()],
        validate_choice=False,
    )
    clicks = RadioField(
        _("Mesurer les liens que je suis"),
        [Optional()],
        choices=[SelectChoice(each.value, label) for each, label in ANSWERS.items()],
        validate_choice=False,
    )

    def validate_paused_until(self, field: DayField) -> None:
        at = now()
        if field.data and not paris_day(at) < field.data <= longest_pause(at):
            raise ValidationError(PICK_A_DAY)

    def choices(self, offered: Iterable[int], before: Choices) -> Choices:
        """What was chosen among the lists on offer; of others, what there was stays."""
        on_offer = frozenset(offered)
        ticked = on_offer.intersection(self.lists.data or ())
        kept = {number: each for number, each in before.lists.items() if number not in on_offer}
        return Choices(
            lists=kept | {number: Frequency(self[f"frequency_{number}"].data) for number in ticked},
            language=self.language.data,
            paused_until=self._pause(before.paused_until),
            tracking=Answers(
                _answer(self.opens.data, before.tracking.opens),
                _answer(self.clicks.data, before.tracking.clicks),
            ),
        )

    def _pause(self, before: datetime | None) -> datetime | None:
        if self.paused_until.data is None:
            return None
        until = midnight(self.paused_until.data)
        return before if before == until else until


def _answer(given: str | None, before: Answer) -> Answer:
    return Answer(given) if given in set(Answer) else before


def preferences_form(lists: Iterable[MailingList]) -> type[PreferencesForm]:
    """The form with the frequency of each of those lists."""
    fields = {
        f"frequency_{row.id}": SelectField(
            _("Fréquence"),
            choices=[SelectChoice(each.value, label) for each, label in FREQUENCIES.items()],
            default=Frequency.EACH.value,
        )
        for row in lists
    }
    return type("PreferencesOfLists", (PreferencesForm,), fields)


class LessForm(VisitorForm):
    """How often instead, for somebody who has just left."""

    frequency = RadioField(
        _("Moins souvent"),
        [InputRequired(_("Choisissez une fréquence"))],
        choices=[
            SelectChoice(each.value, FREQUENCIES[each])
            for each in (Frequency.WEEKLY, Frequency.MONTHLY)
        ],
        default=Frequency.MONTHLY.value,
    )


class ReasonForm(VisitorForm):
    """Why; nobody has to say."""

    reason = RadioField(
        _("Pourquoi partez-vous ?"),
        [InputRequired(_("Choisissez une raison, ou fermez simplement cette page"))],
        choices=[SelectChoice(each.value, label) for each, label in REASONS.items()],
    )
