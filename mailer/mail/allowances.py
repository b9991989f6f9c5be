"""Which mails may leave now, and by which relay; counted for all workers together.

Operations in the caller's transaction. Whoever grants holds the counts until it ends, so it comes
last in a transaction, and once. What several relays said is noted in the order of their names.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app

from mailer.addresses import domain_of
from mailer.mail import limits, pauses, relay, windows
from mailer.mail.limits import Held, Limit, Rate
from mailer.mail.outcome import Kind, Outcome
from mailer.mail.pauses import Pause
from mailer.mail.places import Places, Row, row
from mailer.mail.relays import Relay
from mailer.mail.sharing import Grant, Policy, Sharing

KEY = "sending-policy"


def install(app: Flask) -> None:
    """Know the limits and the routes; raises BadSetting for settings that give none."""
    with app.app_context():
        app.extensions[KEY] = policy(app.config, tuple(relay.relays().values()))


def policy(config: Mapping[str, Any], relays: Sequence[Relay]) -> Policy:
    """What the settings say of pace, with these relays."""
    overall = Rate(
        config["SENDING_PER_SECOND"], config["SENDING_PER_HOUR"], config["SENDING_PER_DAY"]
    )
    read = limits.read(overall, config["SENDING_TO_DOMAINS"], config["SENDING_WARM_UP"])
    return Policy(read, relays, domain_of(config["SENDER_ADDRESS"]))


def grant(domains: Sequence[str], at: datetime) -> Sequence[Grant]:
    """For each mail, by the domain of its recipient: its relay, or when to ask again."""
    known, left_alone = _policy(), _paused(at)
    under = _limits(known, set(domains), at)
    if not under and not left_alone and len(known.relays) == 1:
        return [Grant(known.relays[0].name)] * len(domains)
    taken = windows.add({row(limit): 0 for limit in under}, at)
    sharing = Sharing(known, left_alone, Places(at, taken))
    grants = [sharing.share(domain) for domain in domains]
    windows.add(sharing.places.given, at)
    return grants


def urgent(domains: Sequence[str], at: datetime) -> Sequence[Grant]:
    """The same for mails that go before the others: they are counted, and no limit holds them."""
    known, left_alone = _policy(), _paused(at)
    up: dict[str, int | None] = {
        r.name: None for r in known.relays if r.name not in left_alone and _may_begin(known, r, at)
    }
    chosen = [(domain, known.choose(domain, up)) for domain in domains]
    windows.add(_counts(known, ((domain, by) for domain, by in chosen if by), at), at)
    return [
        Grant(by.name) if by else Grant("", _soonest(known, domain, left_alone, at))
        for domain, by in chosen
    ]


def _may_begin(known: Policy, relay: Relay, at: datetime) -> bool:
    """Whether the first day of a relay that is warmed up has come."""
    return all(limit.most for limit in known.limits.for_relay(relay, at))


def _soonest(
    known: Policy, domain: str, left_alone: Mapping[str, datetime], at: datetime
) -> datetime:
    later = at + pauses.SENSIBLE
    return min(left_alone.get(relay.name, later) for relay in known.carriers(domain))


def refund(unsent: Mapping[datetime, Iterable[tuple[str, str]]], at: datetime) -> None:
    """Give back what mails that never left were granted, each by relay and domain, and when."""
    known = _policy()
    back = {
        granted_at: _counts(
            known, ((domain, known.named(name)) for name, domain in mails), granted_at
        )
        for granted_at, mails in unsent.items()
    }
    windows.give_back(back, at)


def room(at: datetime) -> int | None:
    """How many mails could be granted now at most, wherever they go; None for any number."""
    return _looked(at).room()


def held(at: datetime) -> Held | None:
    """What keeps every mail of campaigns here now, and until when; None when some may leave."""
    return _looked(at).held()


def heard(name: str, outcome: Outcome, at: datetime) -> None:
    """Take note of what the relay said: it is down, and left alone, or it is there."""
    if outcome.relay_down:
        pause(name, outcome.status, at)
    elif outcome.kind in {Kind.ACCEPTED, Kind.REJECTED}:
        answers(name)


def pause(name: str, status: str, at: datetime) -> datetime:
    """Leave the relay alone, for every worker, longer each time until it answers; until when."""
    return pauses.begin(_name(name), status, at)


def answers(name: str) -> None:
    """The relay took or refused a mail: it is there."""
    pauses.end(_name(name))


def paused(at: datetime) -> Mapping[str, Pause]:
    """The relays that are left alone at that instant, by name."""
    return pauses.running(at)


def silent_until(at: datetime) -> datetime | None:
    """When a relay is asked again, while every one of them is left alone; None when one is up."""
    left_alone = _paused(at)
    is_silent = all(each.name in left_alone for each in _policy().relays)
    return min(left_alone.values()) if is_silent else None


def purge(at: datetime) -> None:
    """Delete the counts of spans that are over, and pauses that mean nothing any more."""
    windows.purge(at)
    pauses.purge(at)


@dataclass(frozen=True)
class Standing:
    """How one relay stands: left alone or not, and how much of each of its limits is used."""

    name: str
    pause: Pause | None
    used: tuple[tuple[Limit, int], ...]


def standing(at: datetime) -> Sequence[Standing]:
    """How each relay stands, in the order of the settings; without a limit nothing is counted."""
    known, left_alone = _policy(), pauses.running(at)
    under = {each.name: known.limits.for_relay(each, at) for each in known.relays}
    taken = windows.look((row(limit) for found in under.values() for limit in found), at)
    return [
        Standing(name, left_alone.get(name), tuple((one, taken.get(row(one), 0)) for one in found))
        for name, found in under.items()
    ]


def _policy() -> Policy:
    known: Policy = current_app.extensions[KEY]
    return known


def _name(name: str) -> str:
    """The name, or that of the first relay, which an envelope may leave out."""
    return name or _policy().relays[0].name


def _paused(at: datetime) -> Mapping[str, datetime]:
    return {name: each.until for name, each in pauses.running(at).items()}


def _limits(known: Policy, domains: Collection[str], at: datetime) -> list[Limit]:
    by_domain = (limit for domain in domains for limit in known.limits.for_domain(domain))
    by_relay = (limit for each in known.relays for limit in known.limits.for_relay(each, at))
    return [*known.limits.for_all(), *by_domain, *by_relay]


def _looked(at: datetime) -> Sharing:
    known = _policy()
    taken = windows.look((row(limit) for limit in _limits(known, (), at)), at)
    return Sharing(known, _paused(at), Places(at, taken))


def _counts(
    known: Policy, mails: Iterable[tuple[str, Relay | None]], at: datetime
) -> Mapping[Row, int]:
    return Counter(row(limit) for mail in mails for limit in known.counted(*mail, at))
