"""What the officer fills in about an incident; no field asks for a name."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from mailer.breaches.fields import About, Moment
from mailer.breaches.kinds import Cause, Exemption, Phase, Risk
from mailer.breaches.labels import CAUSES, DATA, EXEMPTIONS, NATURES, PEOPLE, PHASES, RISKS
from mailer.breaches.models import Breach
from mailer.breaches.operations import Description, Filing, Opening
from mailer.clock import now
from mailer.rights.forms import NOT_TOO_LONG, written
from mailer.web.forms import Boxes, StaffForm

AWARE = _("Prise de connaissance")
SAY_WHEN = _("Saisissez le jour et l’heure où l’incident a été connu avec assez de certitude.")
SAY_WHAT = _("Dites en quelques mots ce qui s’est passé, sans nommer personne.")


def _long(label: LazyString, *validators: object) -> TextAreaField:
    return TextAreaField(label, [*validators, NOT_TOO_LONG], filters=[written])


def _choices(labels: Mapping[Any, LazyString]) -> list[SelectChoice]:
    return [SelectChoice(str(value), label) for value, label in labels.items()]


def past(_form: StaffForm, field: Field) -> None:
    """Refuse an instant that is still to come."""
    if field.data and field.data > now():
        raise ValidationError(_("Choisissez un moment passé."))


class OpeningForm(StaffForm):
    """A file is opened with what is known."""

    aware_at = Moment(AWARE, [InputRequired(SAY_WHEN), past])
    circumstances = _long(_("Ce qui s’est passé"), DataRequired(SAY_WHAT))
    found_how = _long(_("Comment l’incident a été découvert"))

    @property
    def opening(self) -> Opening:
        return Opening(self.aware_at.data, self.circumstances.data, self.found_how.data)


class DescriptionForm(StaffForm):
    """The whole file, in the order of the authority's form."""

    began_at = Moment(_("Début de la violation"), [Optional(), past])
    discovered_at = Moment(_("Découverte"), [Optional(), past])
    aware_at = Moment(AWARE, [InputRequired(SAY_WHEN), past])
    found_how = _long(_("Comment l’incident a été découvert"))
    circumstances = _long(_("Ce qui s’est passé"), DataRequired(SAY_WHAT))
    cause = SelectField(_("Origine"), choices=_choices(CAUSES))
    natures = Boxes(_("Nature"), choices=_choices(NATURES))
    data = Boxes(_("Données touchées"), choices=_choices(DATA))
    records_count = About(_("Nombre approximatif d’enregistrements"), [Optional()])
    people = Boxes(_("Personnes touchées"), choices=_choices(PEOPLE))
    persons_count = About(_("Nombre approximatif de personnes"), [Optional()])
    safeguards = _long(_("Mesures de sécurité en place avant l’incident"))
    consequences = _long(_("Conséquences probables"))
    risk = SelectField(
        _("Niveau de risque pour les personnes"),
        choices=[SelectChoice("", _("Pas encore évalué")), *_choices(RISKS)],
    )
    risk_reason = _long(_("Ce qui fonde ce niveau"))
    measures_taken = _long(_("Mesures prises"))
    measures_planned = _long(_("Mesures prévues"))
    is_cross_border = BooleanField(_("Des personnes d’autres pays de l’Union sont touchées"))
    countries = StringField(_("Lesquels"), [NOT_TOO_LONG], filters=[written])
    processors = _long(_("Sous-traitants concernés"))

    def validate_began_at(self, field: Field) -> None:
        self._require_before_awareness(field)

    def validate_discovered_at(self, field: Field) -> None:
        self._require_before_awareness(field)

    def _require_before_awareness(self, field: Field) -> None:
        if field.data and self.aware_at.data and field.data > self.aware_at.data:
            raise ValidationError(
                _("Choisissez un moment avant la prise de connaissance, ou celui-là même.")
            )

    def fill(self, breach: Breach) -> "DescriptionForm":
        """The form, saying what the file says."""
        for field in fields(Description):
            self[field.name].process_data(getattr(breach, field.name))
        return self

    @property
    def said(self) -> Description:
        values = {field.name: self[field.name].data for field in fields(Description)}
        values["cause"] = Cause(self.cause.data)
        values["risk"] = Risk(self.risk.data) if self.risk.data else None
        return Description(**values)


class FilingForm(StaffForm):
    """The authority was told."""

    phase = SelectField(_("Cette notification"))
    notified_at = Moment(
        _("Faite le"), [InputRequired(_("Saisissez le jour et l’heure de la notification.")), past]
    )
    number = StringField(
        _("Numéro donné par la CNIL"),
        [
            DataRequired(_("Recopiez le numéro de l’accusé de réception de la CNIL.")),
            Length(max=100, message=_("Ce numéro est trop long. Vérifiez-le.")),
        ],
        filters=[written],
    )
    delay_reasons = _long(_("Raisons du retard"))

    def offering(self, phases: tuple[Phase, ...]) -> "FilingForm":
        """The same form, for a notification that can be one of those."""
        self.phase.choices = [SelectChoice(each.value, PHASES[each]) for each in phases]
        return self

    @property
    def filing(self) -> Filing:
        phase = Phase(self.phase.data)
        return Filing(phase, self.notified_at.data, self.number.data, self.delay_reasons.data)


class ExemptionForm(StaffForm):
    """Why the persons are not told one by one."""

    exemption = SelectField(_("Motif"), choices=_choices(EXEMPTIONS))
    reason = _long(
        _("Ce qui le montre"),
        DataRequired(_("Écrivez ce qui le montre : la CNIL peut le demander.")),
    )

    @property
    def ground(self) -> Exemption:
        return Exemption(self.exemption.data)


class ClosingForm(StaffForm):
    """The end of a file."""

    words = _long(_("Ce qu’il faut en retenir"))


class DismissalForm(StaffForm):
    """Why a sign is no incident."""

    reason = StringField(
        _("Pourquoi sans suite"),
        [DataRequired(_("Écrivez pourquoi : la raison reste au registre.")), NOT_TOO_LONG],
        filters=[written],
    )
