"""The form by which the officer says whom an incident touched."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from wtforms import DateField, Field, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, StopValidation

from mailer.breaches.kinds import Reach
from mailer.breaches.labels import REACHES
from mailer.breaches.models import Breach
from mailer.breaches.scope import Scope, read
from mailer.clock import paris_day
from mailer.db import db
from mailer.delivery.reports import recent
from mailer.newsletters.models import Issue
from mailer.rights.words import short
from mailer.subscriptions.exports import SHORTEST_MOTIVE
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.queries import all_lists
from mailer.web.forms import Boxes, StaffForm

# The newest that can be chosen; of old campaigns it is no longer known who got them.
CHOICES = 200
NONE = ""
WHY = _("Dites en quelques mots à quoi servira ce fichier : c’est noté au journal")


def of_a_period(form: "ScopeForm", field: DateField) -> None:
    """Ask for the day when a period is chosen, in our own words: drop the library's."""
    field.errors = []
    if form.reach.data != Reach.PERIOD:
        raise StopValidation
    if field.data is None:
        raise StopValidation(_("Choisissez les deux dates."))


class ScopeForm(StaffForm):
    """One way of finding the persons, and what it needs."""

    reach = RadioField(
        _("Qui est touché ?"),
        [DataRequired(_("Choisissez qui est touché."))],
        choices=[SelectChoice(each.value, label) for each, label in REACHES.items()],
    )
    lists = Boxes(_("Listes"))
    begins = DateField(_("Du"), [of_a_period])
    ends = DateField(_("Au"), [of_a_period])
    campaign = SelectField(_("Envoi"), default=NONE)
    source = SelectField(_("Fichier importé"), default=NONE)

    def offering(self) -> "ScopeForm":
        """The same form, with the lists, campaigns and files that there are."""
        self.lists.choices = [SelectChoice(str(each.id), each.name) for each in all_lists()]
        self.campaign.choices = [SelectChoice(NONE, _("aucun")), *_campaigns()]
        self.source.choices = [SelectChoice(NONE, _("aucun")), *_files()]
        return self

    def fill(self, breach: Breach) -> "ScopeForm":
        """The form, saying what was chosen before."""
        if breach.scope:
            scope = read(breach.scope)
            self.reach.data = scope.reach.value
            self.lists.data = [str(each) for each in scope.lists]
            self.begins.data, self.ends.data = scope.begins, scope.ends
            self.campaign.data = str(scope.campaign or NONE)
            self.source.data = str(scope.source or NONE)
        return self

    def validate_lists(self, field: Field) -> None:
        if self.reach.data == Reach.LISTS and not field.data:
            raise ValidationError(_("Cochez au moins une liste."))

    def validate_ends(self, field: Field) -> None:
        if self.begins.data and field.data < self.begins.data:
            raise ValidationError(_("Choisissez une seconde date qui suit la première."))

    def validate_campaign(self, field: Field) -> None:
        if self.reach.data == Reach.CAMPAIGN and not field.data:
            raise ValidationError(_("Choisissez l’envoi."))

    def validate_source(self, field: Field) -> None:
        if self.reach.data == Reach.IMPORT and not field.data:
            raise ValidationError(_("Choisissez le fichier importé."))

    @property
    def scope(self) -> Scope:
        """What was chosen, without what the other ways would need."""
        reach = Reach(self.reach.data)
        lists = tuple(int(each) for each in self.lists.data or ())
        return {
            Reach.LISTS: lambda: Scope(reach, lists=lists),
            Reach.PERIOD: lambda: Scope(reach, lists, self.begins.data, self.ends.data),
            Reach.CAMPAIGN: lambda: Scope(reach, campaign=int(self.campaign.data)),
            Reach.IMPORT: lambda: Scope(reach, source=int(self.source.data)),
            Reach.ALL: lambda: Scope(reach),
        }[reach]()


class TakingForm(StaffForm):
    """Why the addresses are taken away."""

    motive = StringField(
        _("Motif"),
        [
            DataRequired(WHY),
            Length(min=SHORTEST_MOTIVE, message=WHY),
            Length(max=200, message=_("Raccourcissez : 200 caractères au plus")),
        ],
        render_kw={"class": "wide"},
    )


def _campaigns() -> Sequence[SelectChoice]:
    found = recent(CHOICES)
    wanted = select(Issue.id, Issue.subject).where(Issue.id.in_({each.issue_id for each in found}))
    subjects = dict(db.session.execute(wanted).all())
    return [
        SelectChoice(
            str(each.id),
            gettext(
                "%(subject)s, le %(day)s",
                subject=subjects[each.issue_id],
                day=short(paris_day(each.starts_at)),
            ),
        )
        for each in found
    ]


def _files() -> Sequence[SelectChoice]:
    columns = (Import.id, Import.file_name, Import.received_at)
    newest = select(*columns).order_by(Import.id.desc()).limit(CHOICES)
    return [
        SelectChoice(
            str(number),
            gettext("%(file)s, le %(day)s", file=name, day=short(paris_day(received_at))),
        )
        for number, name, received_at in db.session.execute(newest)
    ]
