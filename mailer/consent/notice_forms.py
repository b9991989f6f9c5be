"""What the desk's forms about notices take."""

from datetime import date, datetime, time

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, StopValidation

from mailer.clock import PARIS
from mailer.consent.models import NoticeKind
from mailer.consent.notice_words import KINDS, LANGUAGES
from mailer.consent.publishing import OldNotice
from mailer.web.forms import StaffForm

LONGEST_CHARACTERS = 50_000
LENGTH = Length(
    max=LONGEST_CHARACTERS, message=_("Raccourcissez le texte : 50 000 caractères au plus")
)


def a_day(_form: "OldNoticeForm", field: DateField) -> None:
    """Ask for a day in our own words: drop the library's. The first of all has no midnight here."""
    if field.process_errors or field.data == date.min:
        field.errors = []
        raise StopValidation(_("Donnez un jour du calendrier, ou laissez vide"))


class SourceForm(StaffForm):
    """The text of a notice, with its placeholders."""

    text = TextAreaField(
        _("Texte de la notice"),
        [DataRequired(_("Écrivez le texte, ou repartez de celui qui est en vigueur")), LENGTH],
        render_kw={"rows": 24},
    )


class OldNoticeForm(StaffForm):
    """A text of other days, and when it was shown as far as that is known."""

    name = StringField(
        _("Nom de ce texte"),
        [
            DataRequired(_("Donnez-lui un nom, par exemple 2014-cil")),
            Length(max=80, message=_("Raccourcissez le nom : 80 caractères au plus")),
        ],
    )
    kind = SelectField(
        _("Où il était présenté"),
        choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()],
        validate_choice=False,
    )
    locale = SelectField(
        _("Langue"),
        choices=[SelectChoice(locale, words) for locale, words in LANGUAGES.items()],
        validate_choice=False,
    )
    body = TextAreaField(
        _("Texte, tel qu’il était"),
        [DataRequired(_("Collez le texte, mot pour mot")), LENGTH],
        render_kw={"rows": 12},
    )
    valid_from = DateField(_("Présenté à partir du"), [Optional(), a_day])
    valid_to = DateField(_("Jusqu’au"), [Optional(), a_day])

    def validate_kind(self, field: SelectField) -> None:
        if field.data not in {kind.value for kind in KINDS}:
            raise ValidationError(_("Choisissez une sorte de notice de la liste"))

    def validate_locale(self, field: SelectField) -> None:
        if field.data not in LANGUAGES:
            raise ValidationError(_("Choisissez une langue de la liste"))

    def validate_valid_to(self, field: DateField) -> None:
        if self.valid_from.data and field.data and field.data < self.valid_from.data:
            raise ValidationError(_("La fin vient après le début : vérifiez ces dates"))

    def values(self) -> OldNotice:
        """What was typed, as the operations take it."""
        return OldNotice(
            kind=NoticeKind(self.kind.data),
            locale=self.locale.data,
            name=self.name.data.strip(),
            body=self.body.data,
            valid_from=_midnight(self.valid_from.data),
            valid_to=_midnight(self.valid_to.data),
        )


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), PARIS) if day else None
