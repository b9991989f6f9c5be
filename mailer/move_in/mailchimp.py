"""The archive of a Mailchimp account: a sheet for each status, campaigns.csv, and the letters."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mailer.articles.dates import without_accents
from mailer.move_in.shapes import Moved, MovedCampaign
from mailer.move_in.times import at

# The columns of campaigns.csv by which it is known.
CAMPAIGNS = frozenset({"subject", "send date", "unique id"})
NO_LETTER = re.compile(r"[^a-z0-9]+")


def read(document: Any) -> Iterator[Moved]:
    """Mailchimp exports no documents: raises KeyError."""
    raise KeyError(type(document).__name__)
    yield


def slug(title: str) -> str:
    """The title as the names of the letters have it: 12020101_la-lettre-de-mai.html."""
    return NO_LETTER.sub("-", without_accents(title).lower()).strip("-")


def campaign(row: Mapping[str, str], content: Callable[[], str]) -> MovedCampaign | None:
    """The letter of a line of campaigns.csv; None when it never left."""
    sent_at = at(row["send date"])
    if sent_at is None:
        return None
    key = row["unique id"]
    return MovedCampaign(key, row["subject"], content, sent_at, list_name=row.get("list", ""))
