"""What the desk's form of sources takes."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import StringField

from mailer.web.forms import StaffForm

ONE_OF_THEM = _("Donnez l’adresse d’un site ou d’un flux, ou choisissez un fichier")


class SourceForm(StaffForm):
    """The address of a feed or a page, or a file that holds one."""

    url = StringField(
        _("Adresse du site ou du flux"),
        render_kw={
            "inputmode": "url",
            "autocomplete": "off",
            "spellcheck": "false",
            "autocapitalize": "none",
            "size": 40,
            "maxlength": 2000,
        },
    )
    file = FileField(_("Ou un fichier de flux"))

    @property
    def address(self) -> str:
        """What was typed, as an address: https is what people leave out."""
        typed = (self.url.data or "").strip()
        return typed if not typed or "://" in typed else f"https://{typed}"

    def validate_url(self, field: StringField) -> None:
        if not self.address and not self.file.data:
            field.errors = [*field.errors, ONE_OF_THEM]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether there is something to read."""
        return bool(super().validate(extra_validators)) and not self.url.errors
