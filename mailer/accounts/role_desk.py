"""What each role is for, which ones the reader holds, and whom to ask for another."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from mailer.accounts import queries, role_words
from mailer.accounts.roles import Role, conflicts
from mailer.web.access import SIGNED_IN, staff

bp = Blueprint("roles", __name__)


@bp.get("/bureau/roles")
@staff(SIGNED_IN)
def table() -> ResponseReturnValue:
    """Every role in plain words, and who gives them."""
    return render_template(
        "accounts/roles.html",
        meanings=role_words.MEANINGS,
        administrators=queries.holders(Role.ADMIN),
    )


@bp.app_context_processor
def standing() -> dict[str, object]:
    """Let the pages of the desk warn who holds roles that should not meet in one person."""
    return {"role_warnings": _warnings, "role_conflicts": role_words.told}


def _warnings() -> list[str]:
    return [str(role_words.warning(each)) for each in conflicts(g.get("roles", ()))]
