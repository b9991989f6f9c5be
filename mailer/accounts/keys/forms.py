"""What the form of a new key takes."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from flask_babel import format_date
from flask_babel import lazy_gettext as _
from wtforms import DateField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from mailer.accounts import role_words
from mailer.accounts.keys.operations import LONGEST, KeyData
from mailer.accounts.keys.scopes import ROLES, Scope
from mailer.accounts.keys.words import SCOPES
from mailer.clock import PARIS, now, paris_day
from mailer.web.forms import Boxes, StaffForm

CHOICES = [
    SelectChoice(scope.value, _("%(words)s (%(scope)s)", words=words, scope=scope.value))
    for scope, words in SCOPES.items()
]
USUAL = timedelta(days=90)


class KeyForm(StaffForm):
    """The name of the program, what it may do, and the last day on which it may."""

    name = StringField(
        _("Nom du programme"),
        [
            DataRequired(_("Nommez le programme, par exemple « Site de la mairie »")),
            Length(max=80, message=_("Raccourcissez le nom : 80 caractères au plus")),
        ],
        render_kw={"autocomplete": "off"},
    )
    scopes = Boxes(_("Ce que la clé permet"), choices=CHOICES)
    last_day = DateField(
        _("Dernier jour"),
        [DataRequired(_("Choisissez un jour, par exemple 2027-03-14"))],
        default=lambda: paris_day(now() + USUAL),
    )

    def validate_scopes(self, field: Boxes) -> None:
        if not field.data:
            raise ValidationError(_("Cochez au moins une chose que la clé permet."))

    def validate_last_day(self, field: DateField) -> None:
        first, last = paris_day(now()), paris_day(now() + LONGEST) - timedelta(days=1)
        if field.data and not first <= field.data <= last:
            said = format_date(last, "long")
            raise ValidationError(_("Choisissez un jour à venir, le %(day)s au plus.", day=said))

    @property
    def expires_at(self) -> datetime:
        """The end of the last day, in Paris."""
        following = self.last_day.data + timedelta(days=1)
        return datetime.combine(following, time(), PARIS)

    def values(self) -> KeyData:
        """What was typed, as the operations take it."""
        chosen = [Scope(scope) for scope in self.scopes.data]
        return KeyData(self.name.data.strip(), chosen, self.expires_at)

    def refuse(self, beyond: Sequence[Scope]) -> None:
        """Say which of the scopes the maker may not use at the desk, and who makes such a key."""
        told = [f"{scope.value} ({role_words.names(ROLES[scope])})" for scope in beyond]
        self.scopes.errors = [
            _(
                "Une clé ne permet que ce que vous pouvez faire vous-même au bureau. Décochez ce"
                " qui demande un rôle que vous n’avez pas : %(scopes)s. Ou demandez à quelqu’un qui"
                " administre et tient ce rôle de faire la clé.",
                scopes=" ; ".join(told),
            )
        ]
