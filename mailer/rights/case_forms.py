"""What the officer fills in on the page of a case, the answer and the closing apart."""

from flask_babel import lazy_gettext as _
from wtforms import Field, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from mailer.rights import queries
from mailer.rights.asking import Question
from mailer.rights.extending import Reasons
from mailer.rights.forms import NOT_TOO_LONG, written
from mailer.rights.grounds import ExtensionGround
from mailer.rights.identity import Level
from mailer.rights.labels import EXTENSIONS, WANTED
from mailer.web.forms import StaffForm


class QuestionForm(StaffForm):
    """A doubt about who asks, and what would end it."""

    wanted = SelectField(
        _("Ce qui est demandé"),
        choices=[SelectChoice(str(int(level)), label) for level, label in WANTED.items()],
    )
    doubt = TextAreaField(
        _("Votre doute, tel que la personne le lira"),
        [
            DataRequired(_("Écrivez votre doute : sans lui, on ne demande rien de plus.")),
            NOT_TOO_LONG,
        ],
        filters=[written],
    )

    @property
    def question(self) -> Question:
        return Question(Level(int(self.wanted.data)), self.doubt.data)


class VerificationForm(StaffForm):
    """What the officer saw, and how; the file keeps these words, never the document."""

    seen = TextAreaField(
        _("Ce que vous avez vérifié, et comment"),
        [DataRequired(_("Écrivez ce que vous avez vu : c’est la preuve qui reste.")), NOT_TOO_LONG],
        filters=[written],
    )


class ExtensionForm(StaffForm):
    """Why it takes longer."""

    ground = SelectField(
        _("Raison"),
        choices=[SelectChoice(each.value, label) for each, label in EXTENSIONS.items()],
    )
    facts = TextAreaField(
        _("Les faits, tels que la personne les lira"),
        [
            DataRequired(_("Écrivez les faits : une prolongation sans motif est nulle.")),
            NOT_TOO_LONG,
        ],
        filters=[written],
    )

    @property
    def reasons(self) -> Reasons:
        return Reasons(ExtensionGround(self.ground.data), self.facts.data)


class NoteForm(StaffForm):
    """What the next officer should know."""

    words = TextAreaField(
        _("Note au dossier"),
        [DataRequired(_("Écrivez la note.")), NOT_TOO_LONG],
        filters=[written],
    )


class MergeForm(StaffForm):
    """Which request this one repeats."""

    other = StringField(
        _("Référence de l’autre demande"),
        [DataRequired(_("Saisissez la référence de l’autre demande, comme DR-2026-0042."))],
        filters=[lambda text: (text or "").strip().upper()],
    )
    sameness = TextAreaField(
        _("Pourquoi c’est la même"),
        [DataRequired(_("Écrivez pourquoi : la raison reste au dossier.")), NOT_TOO_LONG],
        filters=[written],
    )

    def validate_other(self, field: Field) -> None:
        if queries.find_reference(field.data) is None:
            raise ValidationError(_("Aucune demande ne porte cette référence. Vérifiez-la."))


class LiftingForm(StaffForm):
    """Why a restriction ends."""

    why = TextAreaField(
        _("Pourquoi la limitation prend fin"),
        [DataRequired(_("Écrivez pourquoi : la personne le lira.")), NOT_TOO_LONG],
        filters=[written],
    )
