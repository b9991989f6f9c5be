"""The parts of a theme, in words."""

from flask_babel import format_decimal, gettext, lazy_gettext

from mailer.newsletters.themes.contrasts import Judged
from mailer.newsletters.themes.tokens import Role, Scheme

_ = lazy_gettext

ROLES = {
    Role.PAGE: _("Autour de la lettre"),
    Role.SHEET: _("Fond de la lettre"),
    Role.INK: _("Texte"),
    Role.QUIET: _("Texte secondaire"),
    Role.LINE: _("Filets"),
    Role.ACCENT: _("Liens et boutons"),
    Role.ON_ACCENT: _("Texte des boutons"),
    Role.BAND: _("Bandeau"),
    Role.ON_BAND: _("Texte du bandeau"),
    Role.TINT: _("Encadrés"),
    Role.ON_TINT: _("Texte des encadrés"),
    Role.FOOT: _("Pied de la lettre"),
    Role.ON_FOOT: _("Texte du pied"),
}
SCHEMES = {Scheme.LIGHT: _("Écran clair"), Scheme.DARK: _("Écran sombre")}
FONTS = {
    "system": _("Celle de l’appareil"),
    "arial": "Arial",
    "verdana": "Verdana",
    "trebuchet": "Trebuchet",
    "georgia": "Georgia",
    "palatino": "Palatino",
    "times": "Times",
}


def too_close(found: Judged) -> str:
    """How to mend a pair that not everybody can read."""
    text: str = gettext(
        "« %(text)s » se lit mal sur « %(ground)s » : le contraste est de %(ratio)s pour 1, il en"
        " faut %(least)s. Éloignez l’une des deux couleurs de l’autre.",
        text=ROLES[found.pair.text],
        ground=ROLES[found.pair.ground],
        ratio=number(found.ratio),
        least=number(found.pair.least),
    )
    return text


def number(ratio: float) -> str:
    """A contrast with one decimal, never rounded up to what it does not reach."""
    return str(format_decimal(int(ratio * 10) / 10, format="0.0"))
