"""What the pages of an import take: a file, then what its columns hold and where it comes from."""

from collections.abc import Sequence

from flask_babel import format_date
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from mailer.clock import now, paris_day
from mailer.consent.models import Notice
from mailer.subscriptions.imports.columns import Layout, Role
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.models import MailingList
from mailer.web.forms import StaffForm

NONE = ""


class FileForm(StaffForm):
    """The file that somebody chose or dropped."""

    file = FileField(
        _("Fichier d’adresses"),
        [FileRequired(_("Choisissez un fichier CSV ou XLSX sur votre ordinateur"))],
        render_kw={"accept": ".csv,.tsv,.txt,.xlsx"},
    )


class OriginForm(StaffForm):
    """The list, and where the addresses come from; what is left empty is not proven."""

    list_id = SelectField(_("Liste"), coerce=int, validate_choice=True)
    source = StringField(
        _("D’où viennent ces adresses"),
        [Length(max=200, message=_("Raccourcissez : 200 caractères au plus"))],
        render_kw={"class": "wide"},
    )
    collected_on = DateField(_("Recueillies le"), [Optional()])
    notice = SelectField(_("Ce que les personnes avaient lu"), validate_choice=True)
    answerable = StringField(
        _("Qui en répond"),
        [
            InputRequired(_("Nommez la personne qui répond de ces adresses")),
            Length(max=120, message=_("Raccourcissez le nom : 120 caractères au plus")),
        ],
    )

    def offering(self, lists: Sequence[MailingList], notices: Sequence[Notice]) -> "OriginForm":
        """The same form, for those lists and notices."""
        self.list_id.choices = [SelectChoice(row.id, row.name) for row in lists]
        self.notice.choices = [
            SelectChoice(NONE, _("Je ne sais pas, ou rien")),
            *map(_choice, notices),
        ]
        return self

    def validate_collected_on(self, field: DateField) -> None:
        if field.data > paris_day(now()):
            raise ValidationError(_("Choisissez une date passée, ou laissez vide"))

    def origin(self) -> Origin:
        """What was said of where the addresses come from."""
        return Origin(
            self.source.data.strip(),
            self.collected_on.data,
            self.notice.data or None,
            self.answerable.data.strip(),
        )


def _choice(notice: Notice) -> SelectChoice:
    since = notice.valid_from
    day = format_date(paris_day(since), "long") if since else _("date inconnue")
    words = _(
        "%(title)s, version %(version)s (%(locale)s, %(day)s)",
        title=notice.title,
        version=notice.version,
        locale=notice.locale,
        day=day,
    )
    return SelectChoice(notice.sha256, str(words))


def layout(roles: Sequence[str], width: int, product: str) -> Layout:
    """What each column holds, as chosen; a word that is no role counts for none."""
    known = [Role(role) if role in set(Role) else Role.NONE for role in roles[:width]]
    return Layout(tuple(known + [Role.NONE] * (width - len(known))), product)
