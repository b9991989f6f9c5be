"""Campaigns of Mailtrain as its server gives them (/rest/campaigns-content); people are a sheet."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from mailer.move_in.shapes import Moved, MovedCampaign
from mailer.move_in.times import at

# shared/campaigns.js: CampaignStatus.FINISHED.
SENT = 3


def read(document: Any) -> Iterator[Moved]:
    """The letters of one answer; raises KeyError or TypeError for another."""
    for item in document if isinstance(document, list) else [document]:
        sent_at = at(item.get("start_at") or item["created"])
        if item["status"] == SENT and sent_at is not None:
            yield MovedCampaign(
                key=item["cid"],
                subject=item["subject"],
                content=partial(str, item["data"]["sourceCustom"]["html"]),
                sent_at=sent_at,
            )
