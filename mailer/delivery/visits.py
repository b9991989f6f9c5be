"""Which hits are a person's: programs fetch what is in a mail before anybody reads it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A scanner on the way looks at once; nobody reads that fast.
SOONEST = timedelta(seconds=3)
# What programs that look ahead call themselves in User-Agent.
PROGRAMS = ("bot", "crawl", "spider", "scan", "preview", "prefetch", "curl", "python", "wget")
AHEAD = ("prefetch", "preview", "prerender")


@dataclass(frozen=True)
class Visit:
    """What a hit says of itself; none of it is kept."""

    method: str
    agent: str
    purpose: str
    at: datetime


def is_a_person(visit: Visit) -> bool:
    """Whether the hit may be somebody reading, by what it says of itself."""
    agent, purpose = visit.agent.lower(), visit.purpose.lower()
    return (
        visit.method == "GET"
        and bool(agent)
        and not any(name in agent for name in PROGRAMS)
        and not any(word in purpose for word in AHEAD)
    )


def is_too_soon(visit: Visit, delivered: datetime) -> bool:
    """Whether the mail had only just arrived."""
    return visit.at < delivered + SOONEST
