"""Where a visit comes from, told to the sites that a letter leads to: the same for all readers."""

import re
from dataclasses import dataclass, replace
from html import escape, unescape
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from mailer.delivery.tracking import HREF, links_of
from mailer.newsletters.content import Rendered


@dataclass(frozen=True)
class Utm:
    """The three values; without a source nothing is added."""

    source: str = ""
    medium: str = ""
    campaign: str = ""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        named = (self.source, self.medium, self.campaign)
        names = ("utm_source", "utm_medium", "utm_campaign")
        return tuple(pair for pair in zip(names, named, strict=True) if self.source and pair[1])


NOTHING = Utm()


def told(url: str, utm: Utm) -> str:
    """The address with the values that it does not have yet; what it has stays as it is."""
    parts = urlsplit(url)
    known = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    added = [f"{name}={quote(value, safe='')}" for name, value in utm.pairs if name not in known]
    query = "&".join([parts.query, *added] if parts.query else added)
    return urlunsplit(parts._replace(query=query)) if added else url


def of_letter(letter: Rendered, utm: Utm, own_site: str) -> Rendered:
    """The letter with it on every link that leads away, never on a page of ours."""
    leading_away = {url: told(url, utm) for url in links_of(letter.html, own_site)}
    if not utm.pairs or not leading_away:
        return letter

    def through(link: re.Match[str]) -> str:
        url = unescape(link[2])
        return f"{link[1]}{escape(leading_away[url])}{link[3]}" if url in leading_away else link[0]

    longest_first = sorted(leading_away, key=len, reverse=True)
    # A whole address, not the beginning of a longer one.
    plain = re.compile(rf"({'|'.join(map(re.escape, longest_first))})(?=[\s)>\]]|$)")
    return replace(
        letter,
        html=HREF.sub(through, letter.html),
        text=plain.sub(lambda found: leading_away[found[1]], letter.text),
    )
