"""What the forms of the desk take."""

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from mailer.web.forms import StaffForm

SHORTEST, LONGEST = 10, 300
WHY = _("Dites en une phrase pourquoi cette adresse vit de nouveau, par exemple qui l’a dit")


class RestoreForm(StaffForm):
    """Why an address is written to again."""

    reason = TextAreaField(
        _("Pourquoi ?"),
        [
            InputRequired(WHY),
            Length(min=SHORTEST, message=WHY),
            Length(max=LONGEST, message=_("Raccourcissez : 300 caractères au plus")),
        ],
        render_kw={"rows": "3"},
    )
