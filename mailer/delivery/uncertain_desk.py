"""The people of whom nobody knows whether the letter came: listed masked, each look recorded."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from mailer import addresses
from mailer.audit.looks import Why, looks, seen
from mailer.delivery import campaigns, redelivery
from mailer.delivery.blueprint import bp
from mailer.newsletters import queries as newsletters
from mailer.web.access import staff
from mailer.web.bounds import row_key

# Who sees the addresses of a list anyway.
SEES = "subscribers"


@bp.get("/bureau/envois/<int:campaign_id>/incertains")
@staff("sender", SEES)
@looks(Why.LISTS)
def uncertain(campaign_id: int) -> ResponseReturnValue:
    """Their addresses masked; each look is recorded."""
    return _listed(campaign_id, "read-uncertain")


@bp.post("/bureau/envois/<int:campaign_id>/incertains/adresses")
@staff(SEES)
@looks(Why.LISTS)
def reveal_uncertain(campaign_id: int) -> ResponseReturnValue:
    """Their addresses in full, for who may see them; that they were read stands in the record."""
    return _listed(campaign_id, "reveal-uncertain", is_revealed=True)


def _listed(campaign_id: int, verb: str, *, is_revealed: bool = False) -> ResponseReturnValue:
    campaign = campaigns.by_id(campaign_id)
    seen(verb, f"campaign:{campaign_id}")
    after = request.values.get("apres", 0, type=row_key)
    return render_template(
        "delivery/uncertain.html",
        campaign=campaign,
        letter=newsletters.issue_anywhere(campaign.issue_id),
        page=redelivery.uncertain(campaign_id, after),
        after=after,
        offer=redelivery.offered(campaign_id),
        shown=str if is_revealed else addresses.masked,
        is_revealed=is_revealed,
        may_reveal=SEES in g.roles,
    )
