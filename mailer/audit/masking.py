"""Addresses in lists: masked, until somebody asks for one, which is recorded."""

from collections.abc import Callable, Collection

from mailer import addresses
from mailer.audit.looks import seen

REVEALED = "reveal-address"


def showing(
    kind: str, revealed: Collection[int] = (), for_case: str = ""
) -> Callable[[int, str], str]:
    """How a list shows the address of each: masked, but in full for those who were asked for.

    The template calls it as `shown(person.id, person.address)`; the view is declared with `looks`,
    and an address that is shown in full is recorded as `subscriber:12`, the kind being
    "subscriber".
    """

    def shown(number: int, address: str) -> str:
        if number not in revealed:
            return addresses.masked(address)
        seen(REVEALED, f"{kind}:{number}", for_case)
        return address

    return shown
