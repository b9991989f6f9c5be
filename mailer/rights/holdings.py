"""Where personal data lie: each domain that holds some, and the tables that it answers for.

Access, rectification and erasure go through this table; a test finds any column marked as
personal whose table stands nowhere here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mailer.consent import personal_data as consent
from mailer.delivery import personal_data as delivery
from mailer.rights import personal_data as rights
from mailer.subscriptions import personal_data as subscriptions


@dataclass(frozen=True)
class Holding:
    """One domain's part: what it collects for the fingerprint of an address."""

    name: str
    collect: Callable[[str], Sequence[Mapping[str, object]]]
    tables: frozenset[str]


HOLDINGS = (
    Holding("delivery", delivery.collect, frozenset({"delivery"})),
    Holding("subscriptions", subscriptions.collect, frozenset({"subscriber"})),
    Holding("consent", consent.collect, frozenset({"consent_event", "suppression"})),
    Holding("rights", rights.collect, frozenset({"rights_request"})),
)

# Personal, but of nobody who receives a letter, or gone by itself.
ELSEWHERE = {
    "account": "who works at the desk, told and corrected by an administrator",
    "sign_in": "attempts at the desk's door, purged with the logs",
    "outbox_message": "a mail on its way, which forgets its words once it has left",
}


def found(fingerprint: str) -> dict[str, int]:
    """How many things each holding has of the person; nothing found is said too."""
    return {holding.name: len(holding.collect(fingerprint)) for holding in HOLDINGS}
