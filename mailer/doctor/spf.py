"""Which hosts may send for a domain, by its SPF record (RFC 7208)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from mailer.doctor.names import Names

VERSION = "v=spf1"
# RFC 7208, 4.6.4: with more questions than this, receivers give up.
MOST_QUESTIONS = 10
ASKING = ("include", "a", "mx", "exists", "redirect", "ptr")


@dataclass
class Policy:
    """What the record and those that it includes say."""

    records: list[str]
    questions: int = 0
    networks: list[IPv4Network | IPv6Network] = field(default_factory=list)
    lets_all: bool = False
    is_open_ended: bool = False
    broken: list[str] = field(default_factory=list)

    def names(self, address: str) -> bool:
        """Whether that address may send."""
        return any(ip_address(address) in network for network in self.networks)


def records(domain: str, names: Names) -> list[str]:
    """The SPF records of the domain; receivers want exactly one."""
    return [text for text in names.texts(domain) if text.lower().split(" ")[0] == VERSION]


def policy(domain: str, names: Names) -> Policy:
    """What the domain lets send."""
    found = Policy(records(domain, names))
    if len(found.records) == 1:
        _follow(found, domain, found.records[0], names, is_outermost=True)
    return found


def _follow(found: Policy, domain: str, text: str, names: Names, *, is_outermost: bool) -> None:
    for term in text.split()[1:]:
        is_for, word, value = _parts(term)
        if word in ASKING:
            found.questions += 1
        if found.questions > MOST_QUESTIONS or not is_for:
            continue
        if word == "all":
            found.lets_all |= is_outermost
        elif word in {"exists", "ptr"}:
            found.is_open_ended = True
        elif word in {"include", "redirect"}:
            inner = records(value, names)
            if len(inner) == 1:
                _follow(found, value, inner[0], names, is_outermost=word == "redirect")
            else:
                found.broken.append(value)
        else:
            found.networks += _networks(word, value, domain, names)


def _parts(term: str) -> tuple[bool, str, str]:
    """Whether the term is in favour, its word, and what follows."""
    is_for = term[0] not in "-~?"
    bare = term.lstrip("+-~?")
    word = bare.replace("=", ":").replace("/", ":").split(":")[0].lower()
    return is_for, word, bare[len(word) + 1 :]


def _networks(
    word: str, value: str, domain: str, names: Names
) -> Iterator[IPv4Network | IPv6Network]:
    if word in {"ip4", "ip6"}:
        try:
            yield ip_network(value, strict=False)
        except ValueError:
            return
    if word in {"a", "mx"}:
        of = value.partition("/")[0] or domain
        hosts = [of] if word == "a" else names.exchangers(of)
        for host in hosts:
            yield from map(ip_network, names.addresses(host))
