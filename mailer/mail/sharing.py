"""Who of a batch may leave now, by which relay, and until when the others wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mailer.mail.limits import Held, Limit, Limits
from mailer.mail.places import Places, Queues
from mailer.mail.relays import Relay
from mailer.mail.routing import Router, grouped
from mailer.settings import BadSetting

# What holds a mail when the relays that may carry it do not answer.
RELAYS = "relays"


@dataclass(frozen=True)
class Grant:
    """The relay that carries the mail now; or none, and when to ask again."""

    relay: str
    until: datetime | None = None


class Policy:
    """What the settings say of pace and routes."""

    def __init__(self, limits: Limits, relays: Sequence[Relay], sender: str) -> None:
        """Raises BadSetting when some mail could never leave."""
        if not grouped(relays, sender, ""):
            raise BadSetting(f"SMTP_RELAYS must name one that takes every mail from {sender}")
        self.limits, self.relays = limits, tuple(relays)
        self.queues = Queues()
        self._router, self._sender = Router(relays), sender

    def choose(self, domain: str, room: Mapping[str, int | None]) -> Relay | None:
        """The relay for a mail to that domain; None when none can take it now."""
        return self._router.choose(self._sender, domain, room)

    def named(self, name: str) -> Relay | None:
        """The relay of that name, or the first one; None for one that is gone."""
        return next((relay for relay in self.relays if name in {relay.name, ""}), None)

    def carriers(self, domain: str) -> Sequence[Relay]:
        """All relays that may carry a mail to that domain."""
        groups = self._router.groups(self._sender, domain)
        return [relay for group in groups for relay in group]

    def counted(self, domain: str, relay: Relay | None, at: datetime) -> tuple[Limit, ...]:
        """The limits that a mail to that domain by that relay is counted under."""
        by_relay = self.limits.for_relay(relay, at) if relay else ()
        return (*self.limits.for_all(), *self.limits.for_domain(domain), *by_relay)


class Sharing:
    """Shares out what is left of the limits among mails, first come, first served."""

    def __init__(self, policy: Policy, paused: Mapping[str, datetime], places: Places) -> None:
        """`paused` says until when each relay is left alone that does not answer."""
        self._policy, self._paused, self.places = policy, paused, places
        self._limits = {r.name: policy.limits.for_relay(r, places.at) for r in policy.relays}
        self._common: dict[str, tuple[Limit, ...]] = {}
        self._room = {
            name: places.left(limits) for name, limits in self._limits.items() if name not in paused
        }
        self._granted = {name: Grant(name) for name in self._room}

    def share(self, domain: str) -> Grant:
        """Let a mail to that domain leave, or say when to ask again."""
        common = self._under(domain)
        if full := self.places.full(common):
            queues, at = self._policy.queues, self.places.at
            return Grant("", max(queues.place(limit, at) for limit in full))
        chosen = self._policy.choose(domain, self._room)
        if chosen is None:
            return Grant("", self._soonest(self._policy.carriers(domain)).until)
        self.places.take(common)
        if limits := self._limits[chosen.name]:
            self.places.take(limits)
            self._room[chosen.name] = self.places.left(limits)
        return self._granted[chosen.name]

    def room(self) -> int | None:
        """How many could leave at most, wherever they go; None for any number."""
        rooms = list(self._room.values())
        by_relays = None if None in rooms else sum(filter(None, rooms))
        overall = self.places.left(self._policy.limits.for_all())
        return min((n for n in (by_relays, overall) if n is not None), default=None)

    def held(self) -> Held | None:
        """What keeps every mail here now, whatever its domain; None when some may leave."""
        found = [self.places.held(self._policy.limits.for_all())]
        if all(number == 0 for number in self._room.values()):
            found.append(self._soonest(self._policy.relays))
        return max(filter(None, found), key=lambda each: each.until, default=None)

    def _under(self, domain: str) -> tuple[Limit, ...]:
        """The limits that hold for a mail to that domain by any relay."""
        if domain not in self._common:
            self._common[domain] = self._policy.counted(domain, None, self.places.at)
        return self._common[domain]

    def _soonest(self, relays: Sequence[Relay]) -> Held:
        """What holds the one of those relays that is free again first."""
        held = [each for relay in relays for each in (self._held(relay.name),) if each]
        return min(held, key=lambda each: each.until)

    def _held(self, name: str) -> Held | None:
        if name in self._paused:
            return Held(self._paused[name], RELAYS)
        return self.places.held(self._limits[name])
