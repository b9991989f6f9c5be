"""The declaration of accessibility, drawn from the self-evaluation that ships with the program."""

from functools import cache

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, format_date
from flask_babel import lazy_gettext as _

from mailer import rulebook
from mailer.web import rgaa
from mailer.web.access import public
from mailer.web.rgaa import Criterion, Level

bp = Blueprint("accessibility", __name__)

# What each footer says of it, as the decree of 24 July 2019 has it (2019-768, article 5).
WORDS = {
    Level.FULL: _("Accessibilité : totalement conforme"),
    Level.PARTIAL: _("Accessibilité : partiellement conforme"),
    Level.NONE: _("Accessibilité : non conforme"),
}


@cache
def criteria() -> tuple[Criterion, ...]:
    """The 106 criteria with what was found."""
    return rgaa.read((rulebook.RULES / "rgaa.csv").read_text(encoding="utf-8"))


def words() -> LazyString:
    """The state, in the words of the footer."""
    return WORDS[rgaa.overall(criteria()).level]


@bp.get("/accessibilite")
@public
def declaration() -> ResponseReturnValue:
    """The model of the order of 20 September 2019, filled in."""
    found = criteria()
    return render_template(
        "web/accessibility.html",
        overall=rgaa.overall(found),
        visitors=rgaa.result(each.public for each in found),
        desk=rgaa.result(each.desk for each in found),
        gaps=rgaa.gaps(found),
        day=format_date(max(each.on for each in found), "long"),
    )


def install(app: Flask) -> None:
    """Let every footer say the state."""
    app.jinja_env.globals["accessibility"] = words
