"""What the DNS says of our mails: who may send, who signs, what becomes of forged ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from mailer.addresses import domain_of
from mailer.doctor import spf
from mailer.doctor.finding import Finding, fault, good, note
from mailer.doctor.names import Names
from mailer.doctor.spf import MOST_QUESTIONS, Policy
from mailer.mail import dkim_keys, dkim_record
from mailer.mail.relays import Relay
from mailer.networks import is_loopback


def sender_policy(
    domain: str, names: Names, relays: Iterable[Relay], site: str
) -> Iterator[Finding]:
    """SPF of the domain of return-paths, which is the one that receivers look at."""
    found = spf.policy(domain, names)
    addresses = [each for host in _senders(relays, site) for each in names.addresses(host)]
    listed = " ".join(f"ip{6 if ':' in each else 4}:{each}" for each in addresses) or "a mx"
    line = f'{domain}. IN TXT "{spf.VERSION} {listed} -all"'
    if not found.records:
        yield fault("SPF", f"{domain} does not say who may send for it", f"publish {line}")
    elif said := _wrong(found):
        yield fault("SPF", f"the record of {domain} {said}", f"publish one like {line}")
    elif addresses and not found.is_open_ended and not any(map(found.names, addresses)):
        said = f"the record of {domain} does not name our relay ({addresses[0]})"
        yield note(
            "SPF", said, "add it, unless the relay hands our mails on to others that it names"
        )
    else:
        yield good("SPF", f"{domain} says who may send for it")


def _wrong(found: Policy) -> str:
    if len(found.records) > 1:
        return f"stands {len(found.records)} times: receivers then trust none"
    if found.questions > MOST_QUESTIONS:
        return f"takes more than {MOST_QUESTIONS} look-ups: receivers then trust none"
    if found.broken:
        return f"includes {found.broken[0]}, which has none: receivers then trust none"
    if found.lets_all:
        return "lets anybody send (+all)"
    if not found.networks and not found.is_open_ended:
        return "lets nobody send"
    return ""


def _senders(relays: Iterable[Relay], site: str) -> Iterator[str]:
    """The hosts that our mails come from: a relay on this machine is where the site is."""
    for host in {site if is_loopback(relay.host) else relay.host for relay in relays}:
        if host and not is_loopback(host):
            yield host


def signatures(settings: Mapping[str, Any], names: Names) -> Iterator[Finding]:
    """Whether the DNS has the public half of each key that signs."""
    keys = dkim_keys.signing(settings)
    if not keys:
        cure = "make a key with `mailer dkim new`, and publish what it prints"
        yield fault("DKIM", "mails leave unsigned: there is no key", cure)
    for key in keys:
        name = dkim_record.name(key)
        texts = names.texts(name)
        if not texts:
            yield fault("DKIM", f"{name} holds no key", f"publish {dkim_record.line(key)}")
        elif _key(dkim_record.text(key)) not in map(_key, texts):
            said = f"{name} holds another key than the one that signs"
            yield fault("DKIM", said, f"publish in its place {dkim_record.line(key)}")
        else:
            yield good("DKIM", f"{name} holds the key that signs")


def _key(text: str) -> str:
    """The key in a record, which may have spaces anywhere (RFC 6376, 3.6.1)."""
    tags = (tag.partition("=") for tag in "".join(text.split()).split(";"))
    return next((value for name, _equals, value in tags if name == "p"), "")


def forgeries(settings: Mapping[str, Any], names: Names) -> Iterator[Finding]:
    """DMARC: what receivers do with what only pretends to come from us (RFC 7489)."""
    domain = domain_of(settings["SENDER_ADDRESS"])
    found = next(filter(None, (_dmarc(each, names) for each in _upwards(domain))), [])
    if len(found) == 1:
        yield good("DMARC", f"{domain} says what becomes of forged mails")
        return
    report = settings["SECURITY_ADDRESS"]
    line = f'_dmarc.{domain}. IN TXT "v=DMARC1; p=none; rua=mailto:{report}"'
    said = f"stands {len(found)} times" if found else "is missing"
    why = "large providers refuse bulk mail without it"
    yield fault("DMARC", f"the record of {domain} {said}: {why}", f"publish {line}")


def _dmarc(domain: str, names: Names) -> list[str]:
    return [text for text in names.texts(f"_dmarc.{domain}") if text.startswith("v=DMARC1")]


def _upwards(domain: str) -> Sequence[str]:
    """The domain and those above it, as receivers look (RFC 9989, 4.10), short of the last."""
    labels = domain.split(".")
    return [".".join(labels[n:]) for n in range(max(1, len(labels) - 1))]


def returns(settings: Mapping[str, Any], names: Names) -> Iterator[Finding]:
    """Whether mails can come back at all."""
    domain = settings["RETURN_PATH_DOMAIN"]
    if names.exchangers(domain) or names.addresses(domain):
        yield good("returns", f"{domain} takes mails")
        return
    said = f"{domain} takes no mails: what is not delivered never comes back"
    yield fault("returns", said, f"publish {domain}. IN MX 10 and the host that takes them")


def reverse(relays: Iterable[Relay], site: str, names: Names) -> Iterator[Finding]:
    """Whether the addresses that send have a name, and the name that address."""
    for host in sorted(_senders(relays, site)):
        for address in names.addresses(host):
            back = [each for each in names.of_address(address) if address in names.addresses(each)]
            if back:
                yield good("reverse DNS", f"{address} is {back[0]}")
                continue
            said = f"{address} ({host}) has no name that leads back to it: mails are refused for it"
            cure = f"have whoever lends you that address publish its PTR record: {host}."
            yield fault("reverse DNS", said, cure)


def host_of(settings: Mapping[str, Any]) -> str:
    """The host of the public address."""
    return urlsplit(str(settings["BASE_URL"])).hostname or ""
