"""What the forms of requests take: the visitor's, and the officer's three."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import (
    DateField,
    EmailField,
    Field,
    Form,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation
from wtforms.widgets import CheckboxInput

from mailer import addresses, rulebook
from mailer.clock import now
from mailer.errors import Invalid
from mailer.rights.deadlines import receipt_day
from mailer.rights.grounds import Ground
from mailer.rights.kinds import NEEDS_MESSAGE, Right
from mailer.rights.labels import ASKED, CHANNELS, GROUNDS, OUTCOMES, RIGHTS, STATES
from mailer.rights.letters import Kind, kind_of
from mailer.rights.models import Channel
from mailer.rights.states import ENDINGS, REFUSALS, Event, Outcome, possible_outcomes
from mailer.web.forms import StaffForm, VisitorForm

LONGEST_MESSAGE = 5000


class Boxes(SelectMultipleField):  # type: ignore[misc]  # WTForms ships no types
    """Several choices, each a box."""

    option_widget = CheckboxInput()

    def pre_validate(self, form: Form) -> None:
        del form
        known = {choice.value for choice in self.iter_choices()}
        if not self.data or not known.issuperset(self.data):
            raise StopValidation(_("Cochez au moins une demande."))


def written(text: str | None) -> str:
    """The text with the line ends that browsers count, without the space around it."""
    return (text or "").replace("\r\n", "\n").strip()


NOT_TOO_LONG = Length(max=LONGEST_MESSAGE, message=_("Ce texte est trop long. Raccourcissez-le."))


def _an_address(_form: Form, field: Field) -> None:
    try:
        addresses.parse(field.data or "")
    except Invalid:
        raise ValidationError(
            _("Saisissez une adresse complète, au format nom@exemple.fr.")
        ) from None


class Asked:
    """The rights that the boxes name, each once."""

    rights: Field

    @property
    def chosen(self) -> tuple[Right, ...]:
        return tuple(dict.fromkeys(Right(value) for value in self.rights.data))


class RequestForm(Asked, VisitorForm):
    """A visitor's request."""

    rights = Boxes(
        _("Que souhaitez-vous ?"),
        choices=[SelectChoice(right.value, title) for right, (title, _hint) in ASKED.items()],
    )
    address = EmailField(
        _("Adresse e-mail concernée"),
        [_an_address],
        render_kw={
            "autocomplete": "email",
            "spellcheck": "false",
            "maxlength": 254,
            "class": "wide",
        },
    )
    message = TextAreaField(
        _("Message"),
        [NOT_TOO_LONG],
        filters=[written],
        render_kw={"maxlength": LONGEST_MESSAGE},
    )

    def validate_message(self, field: Field) -> None:
        if NEEDS_MESSAGE.intersection(self.rights.data or ()) and not field.data:
            raise ValidationError(_("Dites en quelques mots ce que vous demandez."))


class IntakeForm(Asked, StaffForm):
    """A request that reached the officer by letter, call, visit or mail."""

    channel = SelectField(
        _("Arrivée par"),
        choices=[
            SelectChoice(each.value, label)
            for each, label in CHANNELS.items()
            if each != Channel.FORM
        ],
    )
    received_on = DateField(
        _("Reçue le"), [DataRequired(_("Indiquez le jour où la demande est arrivée."))]
    )
    rights = Boxes(
        _("Droits exercés"),
        choices=[SelectChoice(right.value, label) for right, label in RIGHTS.items()],
    )
    address = EmailField(
        _("Adresse e-mail de la personne"), [_an_address], render_kw={"spellcheck": "false"}
    )
    language = SelectField(
        _("Langue de nos réponses"),
        choices=[SelectChoice("fr", "Français"), SelectChoice("en", "English")],
        default="fr",
    )
    verbatim = TextAreaField(
        _("Texte de la demande"),
        [DataRequired(_("Recopiez la demande, mot pour mot.")), NOT_TOO_LONG],
        filters=[written],
    )

    def validate_received_on(self, field: Field) -> None:
        if field.data > receipt_day(now()):
            raise ValidationError(_("Choisissez aujourd’hui ou un jour passé."))
        if field.data < rulebook.load().figures.answer_months.valid_from:
            raise ValidationError(_("Vérifiez l’année."))


OUTCOME, GROUND = "outcome_", "ground_"


class AnswerForm(StaffForm):
    """The officer's answer; `for_case` adds one outcome per right."""

    answer = TextAreaField(_("Réponse à la personne"), [NOT_TOO_LONG], filters=[written])
    grounds = TextAreaField(
        _("Motif du refus, en fait et en droit"), [NOT_TOO_LONG], filters=[written]
    )

    @property
    def outcomes(self) -> dict[Right, Outcome]:
        """The outcome chosen for each right."""
        return {
            Right(name.removeprefix(OUTCOME)): Outcome(field.data)
            for name, field in self._fields.items()
            if name.startswith(OUTCOME)
        }

    @property
    def grounds_in_law(self) -> dict[Right, Ground]:
        """On what each refused right is refused."""
        return {
            right: Ground(self[f"{GROUND}{right}"].data)
            for right, outcome in self.outcomes.items()
            if outcome in REFUSALS and self[f"{GROUND}{right}"].data
        }

    def validate(self, extra_validators: None = None) -> bool:
        """Each right is decided, each refusal rests on something, the letter says what it must."""
        if not super().validate(extra_validators):
            return False
        return all((self._rests_on_something(), self._says_enough()))

    def _rests_on_something(self) -> bool:
        refused = {right for right, outcome in self.outcomes.items() if outcome in REFUSALS}
        lacking = refused - self.grounds_in_law.keys()
        for right in lacking:
            self[f"{GROUND}{right}"].errors = [_("Choisissez sur quoi ce refus se fonde.")]
        return not lacking

    def _says_enough(self) -> bool:
        kind = kind_of(self.outcomes)
        needed = {"answer": kind != Kind.OBJECTION, "grounds": kind == Kind.REFUSAL}
        lacking = [name for name, is_needed in needed.items() if is_needed and not self[name].data]
        for name in lacking:
            self[name].errors = [LACKING[name]]
        return not lacking


LACKING = {
    "answer": _("Écrivez ce que la personne doit savoir de la suite donnée."),
    "grounds": _("Écrivez pourquoi, avec l’article qui le permet : un refus sans motif est nul."),
}


def for_case(rights: Iterable[Right], *, is_confirmed: bool) -> type[AnswerForm]:
    """The answer form of a case: one choice per right, among the outcomes open to it."""
    needed = InputRequired(_("Choisissez ce qui est décidé pour ce droit."))
    fields: dict[str, Field] = {}
    for right in rights:
        choices = _choices(right, is_confirmed=is_confirmed)
        fields[f"{OUTCOME}{right}"] = SelectField(RIGHTS[right], [needed], choices=choices)
        title = _("%(right)s : fondement d’un refus", right=RIGHTS[right])
        fields[f"{GROUND}{right}"] = SelectField(title, choices=GROUND_CHOICES, default="")
    return type("CaseAnswerForm", (AnswerForm,), fields)


GROUND_CHOICES = [
    SelectChoice("", _("Aucun : rien n’est refusé")),
    *(SelectChoice(each.value, label) for each, label in GROUNDS.items()),
]


def _choices(right: Right, *, is_confirmed: bool) -> list[SelectChoice]:
    possible = possible_outcomes(right, is_confirmed=is_confirmed)
    first = [] if len(possible) == 1 else [SelectChoice("", _("Choisir"))]
    return first + [
        SelectChoice(each.value, OUTCOMES[each]) for each in Outcome if each in possible
    ]


class ClosingForm(StaffForm):
    """Why a case ends without an answer."""

    event = SelectField(
        _("Motif"),
        choices=[
            SelectChoice(event.value, STATES[end])
            for event, end in ENDINGS.items()
            if event != Event.MARK_DUPLICATE
        ],
    )
    reason = TextAreaField(
        _("Explication gardée au dossier"),
        [DataRequired(_("Écrivez pourquoi la demande se clôt sans réponse.")), NOT_TOO_LONG],
        filters=[written],
    )
