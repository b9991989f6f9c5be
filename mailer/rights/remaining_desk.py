"""The page of what remains to be done by hand, in open and closed cases alike."""

from flask import render_template
from flask.typing import ResponseReturnValue

from mailer.clock import now, paris_day
from mailer.rights import labels, lifting, remaining, words
from mailer.rights.blueprint import bp
from mailer.web.access import staff


@bp.get("/bureau/demandes/reste-a-faire", endpoint="remaining")
@staff("dpo")
def show() -> ResponseReturnValue:
    """Letters to post, the oldest first, and restrictions whose day has come."""
    today = paris_day(now())
    return render_template(
        "rights/remaining.html",
        counts=remaining.counts(today),
        letters=remaining.to_post(),
        cases=remaining.to_lift(today),
        ends_on=lifting.ends_on,
        labels=labels,
        words=words,
    )
