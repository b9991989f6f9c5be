"""What staff may type of a list's form on other sites, and of its own page."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileSize
from wtforms import StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from mailer.colours import READABLE, contrast, parse
from mailer.errors import Invalid
from mailer.subscriptions.embedding import colours, logos, origins
from mailer.subscriptions.embedding.operations import Look
from mailer.web.forms import StaffForm

_ = lazy_gettext
MOST_ORIGINS = 50
MOST_LOGO_BYTES = 1_000_000


class OriginsForm(StaffForm):
    """One site a line."""

    origins = TextAreaField(_("Sites où le formulaire peut paraître"), render_kw={"rows": 4})

    def validate_origins(self, field: Any) -> None:
        lines = _lines(field.data)
        if len(lines) > MOST_ORIGINS:
            raise ValidationError(_("Déclarez au plus 50 sites"))
        for line in lines:
            _origin(line)

    def values(self) -> list[str]:
        """The origins, as browsers write them."""
        return [_origin(line) for line in _lines(self.origins.data)]


class ThemeForm(StaffForm):
    """The colour, the words and the logo of the list's page."""

    accent = StringField(
        _("Couleur des boutons et des liens"),
        [InputRequired(_("Donnez une couleur, par exemple #0b5d4e"))],
    )
    title = StringField(
        _("Titre de la page"),
        [Length(max=120, message=_("Raccourcissez le titre : 120 caractères au plus"))],
    )
    intro = TextAreaField(
        _("Texte d’accueil"),
        [Length(max=600, message=_("Raccourcissez le texte : 600 caractères au plus"))],
        render_kw={"rows": 3},
    )
    logo = FileField(
        _("Logo (PNG, JPEG, WebP ou GIF)"),
        [FileSize(MOST_LOGO_BYTES, message=_("Choisissez une image de 1 Mo au plus"))],
    )
    logo_alt = StringField(
        _("Ce que dit le logo"),
        [Length(max=120, message=_("Raccourcissez ce texte : 120 caractères au plus"))],
    )

    drawn: bytes | None = None

    def validate_accent(self, field: Any) -> None:
        try:
            colour = parse(field.data)
        except Invalid:
            raise ValidationError(_("Écrivez la couleur comme #0b5d4e")) from None
        try:
            colours.on_light(colour)
        except Invalid:
            ratio = contrast(colour, colours.LIGHT_CARD)
            raise ValidationError(_too_pale(ratio)) from None

    def validate_logo(self, field: Any) -> None:
        if not field.data:
            return
        try:
            self.drawn = logos.redrawn(field.data.read())
        except Invalid:
            raise ValidationError(
                _("Ce fichier n’est pas une image que nous savons lire : donnez un PNG ou un JPEG")
            ) from None

    def values(self) -> Look:
        """What was typed, as the operations take it."""
        typed = (self.title, self.intro, self.logo_alt)
        title, intro, alt = ((field.data or "").strip() for field in typed)
        return Look(parse(self.accent.data), title, intro, self.drawn, alt)


def _too_pale(ratio: float) -> str:
    text: str = gettext(
        "Choisissez une couleur plus foncée : sur fond blanc, celle-ci a un contraste de"
        " %(ratio)s pour 1, et il en faut %(least)s pour être lue de tous",
        ratio=f"{ratio:.1f}".replace(".", ","),
        least=str(READABLE).replace(".", ","),
    )
    return text


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _origin(line: str) -> str:
    try:
        return origins.parse(line)
    except Invalid:
        raise ValidationError(
            gettext("Écrivez chaque site comme https://www.exemple.fr, un par ligne")
        ) from None
