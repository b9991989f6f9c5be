"""The manual at the desk, for whoever is signed in, in the language of the page."""

from flask import Blueprint, render_template, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from mailer.manual import contents
from mailer.manual.links import leading
from mailer.web.access import SIGNED_IN, staff

bp = Blueprint("manual", __name__)


@bp.get("/bureau/manuel")
@staff(SIGNED_IN)
def cover() -> ResponseReturnValue:
    """The parts of the manual and their pages."""
    language = str(get_locale())
    return render_template(
        "manual/cover.html", title=contents.words(language).title, parts=contents.parts(language)
    )


@bp.get("/bureau/manuel/<part>/<name>")
@staff(SIGNED_IN)
def page(part: str, name: str) -> ResponseReturnValue:
    """One page."""
    found = contents.page(str(get_locale()), part, name)
    before, after = contents.neighbours(found)
    return render_template(
        "manual/page.html",
        text=found.text(leading(part, _page_at, _picture_at)),
        part=next(each for each in contents.parts(found.language) if each.key == part),
        before=before,
        after=after,
    )


def _page_at(part: str, name: str) -> str:
    return url_for("manual.page", part=part, name=name)


def _picture_at(name: str) -> str:
    return url_for("manual.picture", name=name)


@bp.get("/bureau/manuel/images/<name>")
@staff(SIGNED_IN)
def picture(name: str) -> ResponseReturnValue:
    """A picture that the pages show."""
    return send_from_directory(contents.PICTURES, name)
