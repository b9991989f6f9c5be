"""What is looked for in the record, and why somebody takes it away."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import starmap

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import Form, RadioField, SelectField, StringField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, Regexp, ValidationError

from mailer.audit.export import SHORTEST_MOTIVE, Format
from mailer.audit.search import Sought
from mailer.clock import PARIS, YEARS
from mailer.oversight.words import KINDS, VERBS
from mailer.web.forms import StaffForm

ANY = SelectChoice("", _("Tous"))
DAY = {"type": "date", "autocomplete": "off"}
WHY = _("Dites pourquoi, en dix lettres au moins.")


def stripped(text: str | None) -> str:
    """What was typed, without the spaces around it."""
    return (text or "").strip()


class SoughtForm(Form):  # type: ignore[misc] # wtforms has no types
    """Each part may be left empty."""

    par = SelectField(_("Par"), default="")
    fait = SelectField(_("Ce qui a été fait"), default="")
    objet = SelectField(_("Sur"), default="")
    numero = StringField(
        _("Numéro"),
        [
            Optional(),
            Length(max=80, message=_("Raccourcissez : un numéro a 80 signes au plus.")),
            Regexp(r"[\w.:*-]+\Z", message=_("Saisissez un numéro seul, comme 12.")),
        ],
        filters=[stripped],
        render_kw={"autocomplete": "off", "size": 8},
    )
    du = StringField(_("Du"), filters=[stripped], render_kw=DAY)
    au = StringField(_("Au"), filters=[stripped], render_kw=DAY)

    def offering(self, people: dict[str, str]) -> "SoughtForm":
        """With the people of the desk whom the record knows."""
        self.par.choices = [ANY, *starmap(SelectChoice, people.items())]
        self.fait.choices = _offered(VERBS)
        self.objet.choices = _offered(KINDS)
        return self

    def validate_du(self, field: Field) -> None:
        _day(field.data)

    def validate_au(self, field: Field) -> None:
        until = _day(field.data)
        # The first says itself what is wrong with it.
        since = None if self.du.errors else _day(self.du.data)
        if until and since and until < since:
            raise ValidationError(_("Cette date est avant la première. Échangez-les."))

    def validate_numero(self, field: Field) -> None:
        if field.data and not self.objet.data:
            raise ValidationError(_("Choisissez aussi sur quoi porte ce numéro."))

    @property
    def sought(self) -> Sought:
        """The same as a question to the record; both days count whole, in Paris."""
        until = _day(self.au.data)
        return Sought(
            self.par.data or "",
            self.fait.data or "",
            self.objet.data or "",
            self.numero.data or "",
            _day(self.du.data),
            until + timedelta(days=1) if until else None,
        )


class ExportForm(StaffForm):
    """Why, and in which format."""

    kind = RadioField(
        _("Format"),
        choices=[
            SelectChoice(Format.CSV.value, _("Tableau (CSV)")),
            SelectChoice(Format.JSONL.value, _("JSON Lines, avec les empreintes")),
        ],
        default=Format.CSV.value,
    )
    motive = StringField(
        _("Motif"),
        [Length(min=SHORTEST_MOTIVE, message=WHY), Length(max=300, message=WHY)],
        filters=[stripped],
        render_kw={"autocomplete": "off"},
    )


def _offered(words: Mapping[str, LazyString]) -> list[SelectChoice]:
    """Any of them, or none, in the order of the reader's language."""
    named = sorted(((key, str(word)) for key, word in words.items()), key=lambda pair: pair[1])
    return [ANY, *starmap(SelectChoice, named)]


def _day(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise ValidationError(_("Saisissez une date, comme 2026-11-28."))
    return datetime(found.year, found.month, found.day, tzinfo=PARIS)
