"""What the interface of Brevo answers to GET /v3/emailCampaigns; people come as a sheet."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from mailer.move_in.shapes import Moved, MovedCampaign
from mailer.move_in.times import at

SENT = frozenset({"sent", "archive"})


def read(document: Any) -> Iterator[Moved]:
    """The letters of one answer; raises KeyError or TypeError for another."""
    for item in document["campaigns"]:
        sent_at = at(item.get("sentDate") or "")
        if item["status"] in SENT and sent_at is not None:
            yield MovedCampaign(
                key=str(item["id"]),
                subject=item["subject"],
                content=partial(str, item["htmlContent"]),
                sent_at=sent_at,
                preheader=item.get("previewText") or "",
            )
