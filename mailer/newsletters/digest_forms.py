"""What the forms of automatic letters take."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from mailer.articles import queries as articles
from mailer.clock import paris_day
from mailer.newsletters import digest_words
from mailer.newsletters.block_types import Section
from mailer.newsletters.blocks import LINE_CHARACTERS, PROSE_CHARACTERS
from mailer.newsletters.digest_models import Digest
from mailer.newsletters.digest_states import Then
from mailer.newsletters.digests import Pattern, Rhythms
from mailer.newsletters.periods import EVERY_DAY, LAST_DAY, Rhythm, Timetable
from mailer.subscriptions.choice_forms import LANGUAGE_NAMES
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.pausing import Frequency
from mailer.web.forms import Boxes, StaffForm

NEVER = "never"
MOST_ARTICLES = 30
NINE = time(9)
HOUR = _("Heure, à Paris")
DAY = _("Choisissez un jour de 1 à 31.")
MONTH_DAY = NumberRange(1, LAST_DAY, DAY)
ON_ONE_LINE = Length(max=LINE_CHARACTERS, message=_("Raccourcissez : 300 caractères au plus"))
AT_LENGTH = Length(max=PROSE_CHARACTERS, message=_("Ce texte est trop long. Raccourcissez-le."))
HOW_MANY = _("Donnez un nombre de 1 à 30.")
HOW_OLD = _("Donnez un nombre de 1 à 365.")


def _day_of_month() -> IntegerField:
    label = _("Jour du mois ; 31 pour le dernier")
    return IntegerField(label, default=1, validators=[InputRequired(DAY), MONTH_DAY])


def _hour() -> TimeField:
    given = InputRequired(_("Choisissez l’heure du départ, par exemple 09:00."))
    return TimeField(HOUR, default=NINE, validators=[given])


class RhythmForm(StaffForm):
    """When the letter leaves for whom, and what then becomes of it."""

    each_rhythm = RadioField(
        _("À quel rythme ?"),
        choices=[
            SelectChoice(Rhythm.DAILY.value, _("Certains jours, ou chaque jour")),
            SelectChoice(Rhythm.WEEKLY.value, _("Une fois chaque semaine")),
            SelectChoice(Rhythm.MONTHLY.value, _("Une fois chaque mois")),
            SelectChoice(NEVER, _("Jamais : elles reçoivent la lettre plus rare")),
        ],
        default=Rhythm.WEEKLY.value,
    )
    each_weekdays = Boxes(_("Quels jours ?"), coerce=int, default=list(EVERY_DAY))
    each_weekday = SelectField(_("Jour de la semaine"), coerce=int, default=0)
    each_day = _day_of_month()
    each_hour = _hour()
    weekly = BooleanField(_("Une lettre par semaine, pour elles"))
    weekly_weekday = SelectField(_("Jour de la semaine"), coerce=int, default=0)
    weekly_hour = _hour()
    monthly = BooleanField(_("Une lettre par mois, pour elles"))
    monthly_day = _day_of_month()
    monthly_hour = _hour()
    then = RadioField(
        _("Quand elle est composée"),
        choices=[
            SelectChoice(Then.SEND.value, _("L’envoyer")),
            SelectChoice(Then.DRAFT.value, _("La laisser en brouillon et me prévenir")),
        ],
        default=Then.DRAFT.value,
    )
    since = DateField(
        _("Articles parus depuis le"), validators=[InputRequired(_("Choisissez un jour."))]
    )

    def prepared(self, at: datetime) -> "RhythmForm":
        """The same form with its days named; articles count from that day unless it is filled."""
        named = [(each, digest_words.weekday(each)) for each in EVERY_DAY]
        for field in (self.each_weekdays, self.each_weekday, self.weekly_weekday):
            field.choices = named
        if not self.is_submitted() and self.since.data is None:
            self.since.data = paris_day(at)
        return self

    def showing(self, digest: Digest) -> "RhythmForm":
        """The same form with the rhythms of that letter."""
        self.then.data, self.since.data = digest.then.value, digest.since
        self.each_rhythm.data = NEVER
        for mode in digest.modes:
            self._show(mode.frequency, mode.timetable)
        return self

    def _show(self, frequency: Frequency, timetable: Timetable) -> None:
        name = frequency.value
        if frequency is Frequency.EACH:
            self.each_rhythm.data = timetable.rhythm.value
            self.each_weekdays.data = list(timetable.weekdays)
        else:
            self[name].data = True
        self[f"{name}_hour"].data = timetable.hour
        if timetable.rhythm is Rhythm.WEEKLY:
            self[f"{name}_weekday"].data = timetable.weekdays[0]
        if timetable.rhythm is Rhythm.MONTHLY:
            self[f"{name}_day"].data = timetable.day

    def validate_each_rhythm(self, field: RadioField) -> None:
        if field.data == NEVER and not (self.weekly.data or self.monthly.data):
            raise ValidationError(_("Choisissez au moins un rythme : sinon rien ne partirait."))

    def validate_each_weekdays(self, field: Boxes) -> None:
        if self.each_rhythm.data == Rhythm.DAILY and not field.data:
            raise ValidationError(_("Cochez au moins un jour."))

    @property
    def rhythms(self) -> Rhythms:
        """What was chosen."""
        return Rhythms(tuple(self._modes()), Then(self.then.data), self.since.data)

    def _modes(self) -> Iterator[tuple[Frequency, Timetable]]:
        if self.each_rhythm.data != NEVER:
            yield Frequency.EACH, self._each(Rhythm(self.each_rhythm.data))
        if self.weekly.data:
            days = (self.weekly_weekday.data,)
            yield Frequency.WEEKLY, Timetable(Rhythm.WEEKLY, self.weekly_hour.data, days)
        if self.monthly.data:
            hour, day = self.monthly_hour.data, self.monthly_day.data
            yield Frequency.MONTHLY, Timetable(Rhythm.MONTHLY, hour, day=day)

    def _each(self, rhythm: Rhythm) -> Timetable:
        days = EVERY_DAY
        if rhythm is Rhythm.DAILY:
            days = tuple(sorted(self.each_weekdays.data))
        if rhythm is Rhythm.WEEKLY:
            days = (self.each_weekday.data,)
        return Timetable(rhythm, self.each_hour.data, days, self.each_day.data)


class NewDigestForm(RhythmForm):
    """The same, with the template as it is first made."""

    list = RadioField(
        _("Pour quelle liste ?"),
        coerce=int,
        validators=[InputRequired(_("Choisissez la liste qui recevra la lettre."))],
    )
    language = RadioField(_("Dans quelle langue ?"), choices=LANGUAGE_NAMES, default="fr")
    subject = StringField(
        _("Objet"),
        default="{titre}",
        validators=[InputRequired(_("Écrivez un objet.")), ON_ONE_LINE],
    )
    preheader = StringField(_("Texte d’aperçu"), validators=[ON_ONE_LINE])
    intro = TextAreaField(_("Mot d’introduction"), validators=[AT_LENGTH])
    sources = Boxes(_("Sources"), coerce=int)
    words = StringField(_("Mots"), validators=[ON_ONE_LINE])
    newest = IntegerField(
        _("Articles au plus"),
        default=5,
        validators=[InputRequired(HOW_MANY), NumberRange(1, MOST_ARTICLES, HOW_MANY)],
    )
    least = IntegerField(
        _("Articles au moins"),
        default=1,
        validators=[InputRequired(HOW_MANY), NumberRange(1, MOST_ARTICLES, HOW_MANY)],
    )
    days = IntegerField(
        _("Âge en jours, au plus"),
        default=30,
        validators=[InputRequired(HOW_OLD), NumberRange(1, 365, HOW_OLD)],
    )

    def offering(self, lists: Sequence[MailingList]) -> "NewDigestForm":
        """The same form with the lists that have no automatic letter yet."""
        self.list.choices = [(each.id, each.name) for each in lists]
        self.sources.choices = [(each.id, each.name) for each in articles.sources()]
        return self

    @property
    def pattern(self) -> Pattern:
        """The template that was described."""
        section = Section(
            sources=tuple(self.sources.data or ()),
            words=self.words.data or "",
            newest=self.newest.data,
            least=self.least.data,
            days=self.days.data,
        )
        return Pattern(
            " ".join(self.subject.data.split()),
            " ".join((self.preheader.data or "").split()),
            self.language.data,
            "\n".join((self.intro.data or "").splitlines()).strip(),
            section,
        )
