"""What the links of a page lead to: in the files they lead from file to file, as any reader has it.

`../do/feeds.md#section` is another page, `../../../images/lettre.png` a picture; the rest is left.
"""

import re
from collections.abc import Callable

PAGE = re.compile(r"(?:\.\./(?P<part>[a-z]+)/)?(?P<name>[a-z0-9-]+)\.md(?P<section>#[a-z0-9-]+)?")
PICTURE = re.compile(r"(?:\.\./)+images/(?P<name>[a-z0-9-]+\.png)")


def leading(
    part: str, page: Callable[[str, str], str], picture: Callable[[str], str]
) -> Callable[[str], str]:
    """For a page of that part: what `page(part, name)` and `picture(name)` make of each link."""

    def lead(address: str) -> str:
        if found := PAGE.fullmatch(address):
            return page(found["part"] or part, found["name"]) + (found["section"] or "")
        if found := PICTURE.fullmatch(address):
            return picture(found["name"])
        return address

    return lead
