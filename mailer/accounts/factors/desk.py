"""How one signs in: the page of what is set, and what is asked of whom."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from mailer.accounts import queries as accounts
from mailer.accounts.factors import ceremonies, operations, passkeys, queries
from mailer.accounts.factors.blueprint import bp
from mailer.accounts.factors.forms import PasskeyForm
from mailer.accounts.factors.obligation import are_bound, may_lose_one
from mailer.clock import now
from mailer.web.access import SIGNED_IN, staff


@bp.get("/bureau/compte/securite")
@staff(SIGNED_IN)
def own() -> ResponseReturnValue:
    return page(PasskeyForm(formdata=None), 200)


def page(form: PasskeyForm, status: int) -> ResponseReturnValue:
    """What is set, and the form of a new passkey."""
    account = accounts.must(g.account.id)
    factors, site = queries.of(account.id), ceremonies.site()
    asked = ceremonies.begin(ceremonies.REGISTER, now(), account.id)
    known = [each.credential_id for each in factors.passkeys]
    drawn = render_template(
        "accounts/factors/own.html",
        form=form,
        factors=factors,
        is_bound=are_bound(g.roles),
        may_lose_one=may_lose_one(factors, g.roles),
        has_room=len(known) < operations.MOST_PASSKEYS,
        can_have_passkeys=site.can_have_any,
        ceremony=asked.token,
        options=passkeys.creation(site, operations.owner(account), asked.challenge, known),
    )
    return drawn, status
