"""Inviting people, and what they may do."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mailer.accounts.forms import AddressField
from mailer.accounts.role_words import MEANINGS
from mailer.web.forms import Boxes, StaffForm

CHOICES = [
    SelectChoice(role.value, _("%(name)s : %(opens)s", name=said.name, opens=said.opens))
    for role, said in MEANINGS.items()
]


class RolesForm(StaffForm):
    """What a person may do."""

    roles = Boxes(_("Rôles"), choices=CHOICES)


class InvitationForm(RolesForm):
    """Who is invited."""

    name = StringField(
        _("Nom"),
        [
            InputRequired(_("Saisissez le nom de la personne, par exemple Camille Morin")),
        ],
        render_kw={"autocomplete": "off", "maxlength": 80},
    )
    email = AddressField()
    language = RadioField(
        _("Langue des courriels"),
        choices=[SelectChoice("fr", "Français"), SelectChoice("en", "English")],
        default="fr",
    )
