"""What the officer fills in to answer a case, to sign it, or to end it without an answer."""

from flask_babel import lazy_gettext as _
from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from mailer.rights import plan
from mailer.rights.decision import Decision
from mailer.rights.forms import NOT_TOO_LONG, written
from mailer.rights.grounds import Ground
from mailer.rights.identity import needed
from mailer.rights.kinds import Right
from mailer.rights.labels import GROUNDS, OUTCOMES, RIGHTS, STATES
from mailer.rights.letters import Kind
from mailer.rights.models import RightsRequest
from mailer.rights.states import ENDINGS, REFUSALS, Event, Outcome, possible_outcomes
from mailer.web.forms import StaffForm

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

    @property
    def decision(self) -> Decision:
        """What was decided, as it was typed."""
        return Decision(
            self.outcomes, self.answer.data or "", self.grounds.data or "", self.grounds_in_law
        )

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
        planned = plan.letters(self.outcomes, is_known=True)
        asked = {"answer": Kind.ANSWER in planned, "grounds": Kind.A8 in planned}
        lacking = [name for name, is_asked in asked.items() if is_asked and not self[name].data]
        for name in lacking:
            self[name].errors = [LACKING[name]]
        return not lacking


LACKING = {
    "answer": _("Écrivez ce que la personne doit savoir de la suite donnée."),
    "grounds": _("Écrivez pourquoi, avec l’article qui le permet : un refus sans motif est nul."),
}


def for_case(case: RightsRequest) -> type[AnswerForm]:
    """The answer form of a case: one choice per right, among the outcomes open to it."""
    is_chosen = InputRequired(_("Choisissez ce qui est décidé pour ce droit."))
    fields: dict[str, Field] = {}
    for right in case.rights:
        choices = _choices(right, is_proven=case.level >= needed(right, case.requester))
        fields[f"{OUTCOME}{right}"] = SelectField(RIGHTS[right], [is_chosen], choices=choices)
        title = _("%(right)s : fondement d’un refus", right=RIGHTS[right])
        fields[f"{GROUND}{right}"] = SelectField(title, choices=GROUND_CHOICES, default="")
    return type("CaseAnswerForm", (AnswerForm,), fields)


GROUND_CHOICES = [
    SelectChoice("", _("Aucun : rien n’est refusé")),
    *(SelectChoice(each.value, label) for each, label in GROUNDS.items()),
]


def _choices(right: Right, *, is_proven: bool) -> list[SelectChoice]:
    possible = possible_outcomes(right, is_proven=is_proven)
    first = [] if len(possible) == 1 else [SelectChoice("", _("Choisir"))]
    return first + [
        SelectChoice(each.value, OUTCOMES[each]) for each in Outcome if each in possible
    ]


class SigningForm(StaffForm):
    """The reference typed once more before what cannot be taken back; `reference` is the case's."""

    typed = StringField(_("Pour confirmer, recopiez la référence de la demande"))

    def is_meant(self, reference: str) -> bool:
        """Whether it was typed; says how to mend it otherwise."""
        is_same = (self.typed.data or "").strip().upper() == reference
        if not is_same:
            self.typed.errors = [_("Recopiez la référence, telle qu’elle est écrite en haut.")]
        return is_same


class ReturnForm(StaffForm):
    """Why a decided case is looked at again."""

    reason = TextAreaField(
        _("Pourquoi la demande est à revoir"),
        [DataRequired(_("Écrivez ce qui est à revoir.")), NOT_TOO_LONG],
        filters=[written],
    )


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
        _("Explication, gardée au dossier ; dite à la personne si la demande est transmise"),
        [DataRequired(_("Écrivez pourquoi la demande se clôt sans réponse.")), NOT_TOO_LONG],
        filters=[written],
    )
