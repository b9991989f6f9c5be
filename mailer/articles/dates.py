"""Dates as feeds write them: RFC 822, ISO 8601, French, with or without a zone."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from mailer.clock import PARIS

MAX_LENGTH = 100
YEARS = range(1970, 2100)
SHORT_YEAR_PIVOT = 70

# By their first letters, accents removed: "fevrier", "fevr", "feb"; "juin" is not "juil".
MONTHS = {
    "jan": 1, "fev": 2, "feb": 2, "mar": 3, "avr": 4, "apr": 4, "mai": 5, "may": 5, "juin": 6,
    "jun": 6, "juil": 7, "jul": 7, "aou": 8, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
# The names that RFC 822 knows, and those of France; another name is read as local time.
HOURS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1,
    "cest": 2, "mest": 2, "eet": 2, "eest": 3, "msk": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

ISO = re.compile(r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})(?=\D|$)")
NUMERIC = re.compile(r"(?<!\d)(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})(?!\d)")
NAMED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:er|st|nd|rd|th)?[ .-]{1,3}(?P<month>[a-z]{3,9})[ .,-]{1,3}"
    r"(?P<year>\d{4}|\d{2})(?!\d)"
)
ENGLISH = re.compile(
    r"(?P<month>[a-z]{3,9})\.? {1,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?,? .{0,20}?"
    r"(?P<year>\d{4})(?!\d)"
)
TIME = re.compile(
    r"(?<![\d+-])(?P<hour>\d{1,2}) ?[:h] ?(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r" ?(?P<half>[ap]m\b)?"
)
COMPACT_TIME = re.compile(r"t(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<half>)")
ZONE = re.compile(
    r" ?(?:gmt|utc)? ?(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})?"
    r"|[ (]*(?P<name>[a-z]{1,4})\b"
)


def read(text: str) -> datetime | None:
    """The instant, aware; without a zone it is Paris time. None when there is no such day."""
    folded = without_accents(text[:MAX_LENGTH]).lower().strip()
    found = (pattern.search(folded) for pattern in (ISO, NUMERIC, NAMED, ENGLISH))
    day = next(filter(None, found), None)
    if day is None:
        return None
    try:
        return on_day(day, folded)
    except (ValueError, OverflowError):
        return None


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def on_day(day: re.Match[str], text: str) -> datetime:
    """The instant on the day found; ValueError when the calendar has no such day or hour."""
    midnight = datetime(*ordered(day), tzinfo=PARIS)
    if midnight.year not in YEARS:
        raise ValueError("a year that no article has")
    after = text[day.end() :]
    time = TIME.search(after) or COMPACT_TIME.match(after) or TIME.search(text[: day.end()])
    if time is None:
        return midnight
    hour, minute, second = clock_time(time)
    zone = zone_of(time.string[time.end() :])
    # Hour 24 is the end of the day (ISO 8601), second 60 a leap second.
    exact = midnight.replace(tzinfo=zone, minute=minute, second=min(second, 59))
    return exact + timedelta(days=1) if hour == 24 else exact.replace(hour=hour)  # noqa: PLR2004 - hours in a day


def ordered(day: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day; 12/03 is the twelfth of March unless that cannot be."""
    year, number = int(day["year"]), int(day["day"])
    if len(day["year"]) == 2:  # noqa: PLR2004 - RFC 822 had two digits
        year += 1900 if year >= SHORT_YEAR_PIVOT else 2000
    month = int(day["month"]) if day["month"].isdigit() else month_named(day["month"])
    if day.re is NUMERIC and month > 12 >= number:  # noqa: PLR2004 - months in a year
        month, number = number, month
    return year, month, number


def month_named(name: str) -> int:
    number = MONTHS.get(name[:4]) or MONTHS.get(name[:3])
    if number is None:
        raise ValueError("no month")
    return number


def clock_time(time: re.Match[str]) -> tuple[int, int, int]:
    hour = int(time["hour"])
    if time["half"]:
        hour = hour % 12 + (12 if time["half"] == "pm" else 0)
    return hour, int(time["minute"]), int(time["second"] or 0)


def zone_of(text: str) -> tzinfo:
    """The zone that follows the time, else Paris."""
    found = ZONE.match(text)
    if found is None:
        return PARIS
    if found["sign"]:
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        return timezone(-offset if found["sign"] == "-" else offset)
    if found["name"] in HOURS:
        return timezone(timedelta(hours=HOURS[found["name"]]))
    return PARIS


def read_utc(text: str) -> datetime | None:
    """The instant of a date that is known to be in UTC although it does not say so."""
    found = read(text)
    return found.replace(tzinfo=UTC) if found and found.tzinfo is PARIS else found
