"""The choice of several subjects, in the form that sends a letter."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, IntegerField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from mailer.delivery import subject_words
from mailer.delivery.subject_tests import (
    FEWEST_PEOPLE,
    SHARES,
    WAITS,
    How,
    Plan,
    fewest_readers,
    people_each,
)
from mailer.newsletters.blocks import LINE_CHARACTERS, on_one_line
from mailer.newsletters.checks import subject
from mailer.newsletters.findings import of_finding


def worth_trying(form: "SubjectChoice", field: StringField) -> None:
    """Refuse what no letter may have as its subject, and what is tried already."""
    text = on_one_line(field.data or "")
    if not text:
        return
    if len(text) > LINE_CHARACTERS:
        raise ValidationError(
            gettext(
                "Un objet a %(count)s caractères au plus. Raccourcissez-le.", count=LINE_CHARACTERS
            )
        )
    if found := subject.findings(text):
        raise ValidationError(of_finding(found[0]))
    if text in form.before(field):
        raise ValidationError(_("Cet objet est déjà essayé. Changez-le, ou videz ce champ."))


def _one_of(allowed: range, cure: str) -> Callable[["SubjectChoice", Field], None]:
    """Ask for a number in those bounds when subjects are tried, in our own words."""

    def check(form: "SubjectChoice", field: Field) -> None:
        field.errors = []
        if not form.tried:
            raise StopValidation
        if field.data not in allowed:
            raise StopValidation(cure)

    return check


class SubjectChoice:
    """A form that offers up to three subjects beside the letter's own; with none it tries none."""

    subject_2 = StringField(_("Deuxième objet"), [worth_trying])
    subject_3 = StringField(_("Troisième objet, facultatif"), [worth_trying])
    subject_4 = StringField(_("Quatrième objet, facultatif"), [worth_trying])
    share = IntegerField(
        _("Part de la liste qui sert à l’essai, en pour cent"),
        [_one_of(SHARES, _("Donnez une part de 10 à 50 pour cent, en nombre entier."))],
        default=20,
    )
    wait = IntegerField(
        _("Attente avant le choix, en heures"),
        [_one_of(WAITS, _("Donnez une attente de 1 à 24 heures, en nombre entier."))],
        default=4,
    )
    choosing = RadioField(
        _("Qui choisit l’objet des autres ?"),
        choices=[
            SelectChoice(How.NUMBERS.value, _("Les chiffres, à la fin de l’attente")),
            SelectChoice(How.HAND.value, _("Nous, à la main ; les autres attendent ce choix")),
        ],
        default=How.NUMBERS.value,
        validate_choice=False,
    )

    own_subject, readers = "", 0

    @property
    def others(self) -> Sequence[StringField]:
        return (self.subject_2, self.subject_3, self.subject_4)

    @property
    def tried(self) -> tuple[str, ...]:
        """The subjects beside the letter's own."""
        typed = (on_one_line(field.data or "") for field in self.others)
        return tuple(text for text in typed if text)

    def before(self, field: StringField) -> list[str]:
        """The letter's own subject, and those in the fields above that one."""
        above = self.others[: self.others.index(field)]
        return [self.own_subject, *(on_one_line(each.data or "") for each in above)]

    @property
    def is_open(self) -> bool:
        """Whether its part of the page shows: somebody tries subjects, or has to mend something."""
        fields = (*self.others, self.share, self.wait, self.choosing)
        return bool(self.tried) or any(field.errors for field in fields)

    @property
    def has_readers(self) -> bool:
        """Whether the list has enough readers for the smallest trial."""
        return self.readers >= fewest_readers()

    @property
    def plan(self) -> Plan | None:
        """What is to be tried; None when nothing is."""
        if not self.tried:
            return None
        subjects = (self.own_subject, *self.tried)
        wait = timedelta(hours=self.wait.data)
        return Plan(subjects, self.share.data, wait, How(self.choosing.data))

    def validate_share(self, field: IntegerField) -> None:
        each = people_each(self.readers, field.data, 1 + len(self.tried))
        if each < FEWEST_PEOPLE:
            raise ValidationError(subject_words.too_small(each, can_grow=self.has_readers))

    def validate_choosing(self, field: RadioField) -> None:
        if self.tried and field.data not in set(How):
            raise ValidationError(_("Dites qui choisit, parmi les choix."))
