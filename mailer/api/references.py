"""Numbers in a body that name something else."""

from collections.abc import Callable
from typing import TypeVar

from mailer.api.words import refused
from mailer.errors import NotFound

Named = TypeVar("Named")


def named(find: Callable[[int], Named], number: int, pointer: str) -> Named:
    """What has that number; raises Problem with the place of a number that nothing has."""
    try:
        return find(number)
    except NotFound:
        raise refused("missing-reference", pointer=pointer) from None
