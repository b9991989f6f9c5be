"""Which delivery something is about: by a return-path, else by a Message-ID, of our making."""

import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mailer.db import among, db
from mailer.delivery.messages import reference
from mailer.delivery.models import Campaign
from mailer.errors import Invalid
from mailer.mail import verp
from mailer.mail.returned import Returned
from mailer.web.bounds import LARGEST_KEY

MESSAGE_ID = re.compile(r"<?c([0-9]{1,10})\.r(([0-9]{1,18})\.[0-9a-f]{16})(?:@[^<>\s]+)?>?")


@dataclass(frozen=True)
class Named:
    """What a Message-ID says; only the salt of the campaign tells whether it is ours."""

    campaign_id: int
    delivery_id: int
    reference: str


def deliveries(all_returned: Sequence[Returned]) -> list[int | None]:
    """The delivery of each, in their order; None where nothing of our making names it."""
    named = [_named(each.message_id) for each in all_returned]
    salts = _salts({name.campaign_id for name in named if name})
    return [
        by_return_path(each.return_path) or _by_message_id(name, salts)
        for each, name in zip(all_returned, named, strict=True)
    ]


def by_return_path(return_path: str) -> int | None:
    """The delivery that the return-path names; None when we did not make it."""
    try:
        return verp.read(return_path)
    except Invalid:
        return None


def _by_message_id(name: Named | None, salts: Mapping[int, str]) -> int | None:
    salt = salts.get(name.campaign_id) if name else None
    if name is None or salt is None:
        return None
    ours = reference(salt.encode(), name.delivery_id)
    return name.delivery_id if hmac.compare_digest(name.reference.encode(), ours) else None


def _named(message_id: str) -> Named | None:
    found = MESSAGE_ID.fullmatch(message_id)
    if found is None:
        return None
    campaign, whole, number = found.groups()
    return Named(int(campaign), int(number), whole) if int(campaign) <= LARGEST_KEY else None


def _salts(campaigns: Iterable[int]) -> dict[int, str]:
    campaign = Campaign.__table__.c
    wanted = select(campaign.id, campaign.salt).where(among(campaign.id, sorted(campaigns)))
    return {row.id: row.salt for row in db.session.execute(wanted)}
