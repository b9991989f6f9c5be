"""Inviting people, and what they may do."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from mailer.accounts.forms import AddressField, NameField
from mailer.accounts.role_words import MEANINGS
from mailer.web.forms import Boxes, StaffForm

CHOICES = [
    SelectChoice(role.value, _("%(name)s : %(opens)s", name=said.title, opens=said.opens))
    for role, said in MEANINGS.items()
]


class RolesForm(StaffForm):
    """What a person may do."""

    roles = Boxes(_("Rôles"), choices=CHOICES)


class InvitationForm(RolesForm):
    """Who is invited."""

    name = NameField(_("Saisissez le nom de la personne, par exemple Camille Morin"), "off")
    email = AddressField()
    language = RadioField(
        _("Langue des courriels"),
        choices=[SelectChoice("fr", "Français"), SelectChoice("en", "English")],
        default="fr",
    )
