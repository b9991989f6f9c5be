"""How many mails may leave within a second, an hour or a day: in all, by a relay, to a domain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from mailer.clock import PARIS, paris_day
from mailer.mail.relays import Relay
from mailer.settings import BadSetting

ALL = "all"
# In SENDING_TO_DOMAINS, each domain that is not named there.
OTHERS = "*"


class Span(StrEnum):
    SECOND = "second"
    HOUR = "hour"
    # From midnight to midnight in Paris: two days a year have 23 and 25 hours.
    DAY = "day"


LENGTHS = {Span.SECOND: timedelta(seconds=1), Span.HOUR: timedelta(hours=1)}


def window(span: Span, at: datetime) -> tuple[datetime, datetime]:
    """The span that the instant lies in: its first instant, and the first one after it."""
    if span is Span.DAY:
        day = paris_day(at)
        return _midnight(day.toordinal()), _midnight(day.toordinal() + 1)
    length = LENGTHS[span]
    seconds = int(length.total_seconds())
    starts_at = datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)
    return starts_at, starts_at + length


def _midnight(ordinal: int) -> datetime:
    local = datetime.combine(datetime.fromordinal(ordinal).date(), time(), PARIS)
    return local.astimezone(UTC)


@dataclass(frozen=True, order=True)
class Limit:
    """No more than so many within each such span, for everything under that scope."""

    scope: str
    span: Span
    most: int


@dataclass(frozen=True)
class Rate:
    """So many mails a second, an hour, a day; 0 is for no limit."""

    per_second: int = 0
    per_hour: int = 0
    per_day: int = 0

    def limits(self, scope: str) -> tuple[Limit, ...]:
        """What this rate allows that scope."""
        spans = zip(Span, (self.per_second, self.per_hour, self.per_day), strict=True)
        return tuple(Limit(scope, span, most) for span, most in spans if most)


@dataclass(frozen=True)
class Limits:
    """The limits of the settings."""

    overall: Rate = Rate()
    # By domain: the scope that it is counted under, and its rate.
    domains: Mapping[str, tuple[str, Rate]] = field(default_factory=dict)
    others: Rate = Rate()
    warm_up: tuple[int, ...] = ()

    def for_all(self) -> tuple[Limit, ...]:
        """What holds for all mails together."""
        return self.overall.limits(ALL)

    def for_domain(self, domain: str) -> tuple[Limit, ...]:
        """What holds for mails to that domain."""
        scope, rate = self.domains.get(domain, (domain, self.others))
        return rate.limits(f"domain:{scope}")

    def for_relay(self, relay: Relay, at: datetime) -> tuple[Limit, ...]:
        """What holds for mails by that relay on that day: the lower of its rate and its warm-up."""
        scope = relay_scope(relay.name)
        rate = Rate(relay.per_second, relay.per_hour, relay.per_day)
        ceiling = self._ceiling(relay, at)
        if ceiling is None or 0 < relay.per_day <= ceiling:
            return rate.limits(scope)
        shorter = Rate(relay.per_second, relay.per_hour).limits(scope)
        return (*shorter, Limit(scope, Span.DAY, ceiling))

    def _ceiling(self, relay: Relay, at: datetime) -> int | None:
        """What a relay whose address is not known yet may carry today; before its day, nothing."""
        if relay.warm_up_from is None:
            return None
        number = (paris_day(at) - relay.warm_up_from).days
        if number < 0:
            return 0
        return self.warm_up[number] if number < len(self.warm_up) else None


def relay_scope(name: str) -> str:
    """What mails by that relay are counted under."""
    return f"relay:{name}"


@dataclass(frozen=True)
class Held:
    """Nothing may leave before that instant, and what holds it: a scope, or why it rests."""

    until: datetime
    by: str
    span: Span | None = None


def read(overall: Rate, to_domains: Mapping[str, object], warm_up: Sequence[int]) -> Limits:
    """The limits of the settings; raises BadSetting, naming the domain, for one that is none.

    Domains of one house are counted together when one name holds them all, with spaces between.
    """
    rates = {names: _rate(names, value) for names, value in to_domains.items()}
    others = rates.pop(OTHERS, Rate())
    domains: dict[str, tuple[str, Rate]] = {}
    for names, rate in rates.items():
        first, *_ = listed = names.lower().split() or [""]
        for name in listed:
            if name in domains or "." not in name or "@" in name or OTHERS in name:
                raise _bad(names, "must name domains, each of them once")
            domains[name] = first, rate
    return Limits(overall, domains, others, tuple(warm_up))


WORDS = ("per_second", "per_hour", "per_day")


def _rate(names: str, value: object) -> Rate:
    if not isinstance(value, dict) or not value:
        raise _bad(names, 'must be like {"per_second": 5, "per_hour": 2000}')
    if strange := _strange(value):
        raise _bad(names, f"knows {', '.join(WORDS)}, not {', '.join(strange)}")
    for word, number in value.items():
        if type(number) is not int or number < 1:
            raise _bad(names, f"{word} must be a whole number, 1 or more")
    return Rate(**value)


def _strange(words: Iterable[object]) -> list[str]:
    return [str(word) for word in words if word not in WORDS]


def _bad(names: str, sentence: str) -> BadSetting:
    return BadSetting(f'SENDING_TO_DOMAINS["{names}"] {sentence}')
