"""The page from which addresses are taken away: a motive first, then the file."""

from flask import Response, g, render_template, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from mailer.db import transaction
from mailer.subscriptions import exports, queries
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.exports import SHORTEST_MOTIVE, Format, Shown, Wanted
from mailer.subscriptions.states import State
from mailer.web.access import staff
from mailer.web.forms import StaffForm

ALL = ""
MEDIA = {Format.CSV: "text/csv", Format.JSON: "application/json"}
WHY = lazy_gettext("Dites en quelques mots à quoi servira ce fichier : c’est noté au journal")


class ExportForm(StaffForm):
    """Which people, in which format, and what for."""

    list_id = SelectField(lazy_gettext("Liste"))
    state = SelectField(
        lazy_gettext("État"),
        choices=[
            SelectChoice(ALL, lazy_gettext("tous")),
            SelectChoice(State.ACTIVE.value, lazy_gettext("inscrites")),
            SelectChoice(State.PENDING.value, lazy_gettext("à confirmer")),
            SelectChoice(State.ENDED.value, lazy_gettext("parties")),
            SelectChoice(State.UNPROVEN.value, lazy_gettext("sans preuve")),
        ],
    )
    kind = RadioField(
        lazy_gettext("Format"),
        choices=[
            SelectChoice(Format.CSV.value, lazy_gettext("CSV, pour un tableur")),
            SelectChoice(Format.JSON.value, lazy_gettext("JSON, exact, pour un programme")),
        ],
        default=Format.CSV.value,
    )
    addresses = RadioField(
        lazy_gettext("Adresses"),
        choices=[
            SelectChoice(
                Shown.MASKED.value,
                lazy_gettext("Masquées, pour compter et vérifier : c••••@exemple.fr"),
            ),
            SelectChoice(Shown.WHOLE.value, lazy_gettext("Entières")),
        ],
        default=Shown.MASKED.value,
    )
    motive = StringField(
        lazy_gettext("Motif"),
        [
            InputRequired(WHY),
            Length(min=SHORTEST_MOTIVE, message=WHY),
            Length(max=200, message=lazy_gettext("Raccourcissez : 200 caractères au plus")),
        ],
        render_kw={"class": "wide"},
    )

    def wanted(self) -> Wanted:
        """What was asked for."""
        list_id = int(self.list_id.data) if self.list_id.data else None
        state = State(self.state.data) if self.state.data else None
        return Wanted(self.motive.data, list_id, state, Shown(self.addresses.data))


def _form() -> ExportForm:
    form = ExportForm()
    names = [SelectChoice(str(row.id), row.name) for row in queries.all_lists()]
    form.list_id.choices = [SelectChoice(ALL, _("toutes")), *names]
    return form


@bp.get("/bureau/abonnes/exportation")
@staff("subscribers")
def export() -> ResponseReturnValue:
    return render_template("subscriptions/export.html", form=_form())


@bp.post("/bureau/abonnes/exportation")
@staff("subscribers")
def take_export() -> ResponseReturnValue:
    """The file, as it is written; who took it and why stands in the record before it begins."""
    form = _form()
    if not form.validate():
        return render_template("subscriptions/export.html", form=form), 422
    wanted, kind = form.wanted(), Format(form.kind.data)
    with transaction():
        exports.begin(wanted, kind, g.account.actor)
    answer = Response(stream_with_context(exports.lines(wanted, kind)), mimetype=MEDIA[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="abonnes.{kind}"'
    return answer
