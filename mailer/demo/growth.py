"""How the lists grew in 24 weeks: who asked when, and who confirmed. Drawn once, from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from mailer.demo.people import Person

WEEKS = 24
# A link to confirm lives 48 hours: before that, whoever asked has confirmed.
LINK_LIVES = timedelta(hours=48)
SLOWEST = timedelta(hours=44)
MEAN_MINUTES = 40
# The latest, who have not yet opened the mail that asks them to confirm.
PENDING = 12
# More ask each week, and more again in the week of a letter, one in four.
AT_FIRST, MORE_EACH_WEEK, FOR_A_LETTER = 40, 3, 45
LETTER_WEEK, LETTER_EVERY = 2, 4
# From Monday to Sunday, and by the hour.
DAYS = (10, 16, 15, 14, 11, 6, 7)
HOURS = (1, 0, 0, 0, 0, 0, 2, 5, 8, 10, 11, 10, 9, 9, 8, 8, 8, 8, 9, 10, 11, 9, 6, 3)
# One in three also asks for the second list.
BOTH_LISTS = 1 / 3


@dataclass(frozen=True)
class Reader:
    """When a person asked, and when they confirmed: None while they have not."""

    person: Person
    requested_at: datetime
    confirmed_at: datetime | None
    both_lists: bool


def grown(people: Sequence[Person], at: datetime) -> list[Reader]:
    """One reader for each person, in the order in which they asked."""
    draw = Random(len(people))  # noqa: S311 - the same history each time
    hours = sorted(_asked(draw, at - LINK_LIVES) for _ in people[PENDING:])
    late = sorted(at - LINK_LIVES * draw.uniform(0.02, 0.9) for _ in people[:PENDING])
    confirmed = [
        Reader(person, hour, hour + _wait(draw), draw.random() < BOTH_LISTS)
        for person, hour in zip(people[PENDING:], hours, strict=True)
    ]
    pending = [
        Reader(person, hour, None, both_lists=False)
        for person, hour in zip(people[:PENDING], late, strict=True)
    ]
    return confirmed + pending


def _asked(draw: Random, until: datetime) -> datetime:
    week = draw.choices(range(WEEKS), [weight(week) for week in range(WEEKS)])[0]
    start = until - timedelta(weeks=WEEKS - week)
    days = [DAYS[(start.weekday() + offset) % len(DAYS)] for offset in range(len(DAYS))]
    day = start + timedelta(days=draw.choices(range(len(DAYS)), days)[0])
    hour = draw.choices(range(len(HOURS)), HOURS)[0]
    asked = day.replace(hour=hour, minute=draw.randrange(60), second=draw.randrange(60))
    return min(asked, until)


def weight(week: int) -> int:
    """How many ask in that week, compared with the others."""
    has_letter = week % LETTER_EVERY == LETTER_WEEK
    return AT_FIRST + MORE_EACH_WEEK * week + FOR_A_LETTER * has_letter


def _wait(draw: Random) -> timedelta:
    return min(timedelta(minutes=draw.expovariate(1 / MEAN_MINUTES)), SLOWEST)
