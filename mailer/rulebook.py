"""The rulebook: every legal number and citation, each with its source and its validity."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

RULES = Path(__file__).parent / "rules"
CURRENT = "fr-2026"


@dataclass(frozen=True)
class Figure:
    """One number of the law; its unit ends its name."""

    value: int
    source: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Figures:
    """All the numbers, by name."""

    answer_months: Figure
    extension_months: Figure
    acknowledgement_working_days: Figure
    identity_question_working_days: Figure
    identity_reminder_days: Figure
    identity_close_days: Figure
    request_soon_days: Figure
    lifting_days: Figure
    breach_hours: Figure
    minor_age: Figure
    tracking_reask_months: Figure
    confirmation_hours: Figure
    change_address_hours: Figure
    unconfirmed_days: Figure
    ended_days: Figure
    closed_list_days: Figure
    unproven_days: Figure
    import_file_days: Figure
    prospect_months: Figure
    renewal_days: Figure
    suppression_years: Figure
    proof_years: Figure
    request_years: Figure
    archive_months: Figure
    set_aside_days: Figure
    trash_days: Figure
    breach_years: Figure
    response_link_days: Figure
    copy_code_minutes: Figure
    copy_code_tries: Figure
    copy_openings: Figure
    address_cooling_hours: Figure
    logs_months: Figure
    consent_ip_months: Figure
    bounce_days: Figure
    sent_mail_days: Figure
    backup_days: Figure
    counter_days: Figure
    idempotency_days: Figure
    lookup_days: Figure
    session_days: Figure
    invitation_days: Figure
    passphrase_link_minutes: Figure


@dataclass(frozen=True)
class References:
    """Where the law grants a right: the GDPR, loi 78-17 today, and loi 78-17 before June 2019."""

    gdpr: tuple[str, ...]
    lil_current: tuple[str, ...]
    lil_pre_2019: tuple[str, ...]
    source: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Citation:
    """Articles of one law or several, that say one thing."""

    source: str
    valid_from: date
    gdpr: tuple[str, ...] = ()
    lil: tuple[str, ...] = ()
    cpce: tuple[str, ...] = ()
    electoral: tuple[str, ...] = ()
    handicap: tuple[str, ...] = ()
    valid_to: date | None = None


@dataclass(frozen=True)
class Authority:
    """To whom a person may complain, and by which articles."""

    name: str
    address: str
    website: str
    complaint: str
    court: str
    # The name of the court in each language, and its website.
    tribunal: Mapping[str, str]
    source: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Holiday:
    """A day off: fixed by month and day, or counted in days from Easter Sunday."""

    key: str
    month: int = 0
    day: int = 0
    easter: int | None = None


@dataclass(frozen=True)
class Calendar:
    """The days off of one part of the country."""

    holidays: tuple[Holiday, ...]
    source: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Rulebook:
    """One version of the rules. A case keeps the version under which it was computed."""

    version: str
    figures: Figures
    rights: Mapping[str, References]
    citations: Mapping[str, Citation]
    laws: Mapping[str, Mapping[str, str]]
    authority: Authority
    calendars: Mapping[str, Calendar]

    def cite(self, name: str, locale: str) -> str:
        """The articles of that right or citation, with the name of each law, to put in a text."""
        found = self.citations.get(name) or _as_citation(self.rights[name])
        named = ((law, getattr(found, law)) for law in self.laws)
        separator = "\u00a0; " if locale == "fr" else "; "
        return separator.join(
            f"art.\u00a0{', '.join(articles)} {self.laws[law][locale]}"
            for law, articles in named
            if articles
        )


@cache
def load(name: str = CURRENT) -> Rulebook:
    """The rulebook of that name; a missing or unknown entry raises TypeError or KeyError."""
    raw = tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8"))
    return Rulebook(
        version=raw["version"],
        figures=Figures(**{f.name: Figure(**raw["figures"][f.name]) for f in fields(Figures)}),
        rights={right: _references(entry) for right, entry in raw["rights"].items()},
        citations={name: _citation(entry) for name, entry in raw["citations"].items()},
        laws=raw["laws"],
        authority=Authority(**raw["authority"]),
        calendars={name: _calendar(name, raw["calendars"]) for name in raw["calendars"]},
    )


def _references(entry: dict[str, Any]) -> References:
    lists = ("gdpr", "lil_current", "lil_pre_2019")
    return References(**entry | {name: tuple(entry[name]) for name in lists})


def _citation(entry: dict[str, Any]) -> Citation:
    laws = ("gdpr", "lil", "cpce", "electoral", "handicap")
    return Citation(**entry | {law: tuple(entry.get(law, ())) for law in laws})


def _as_citation(refs: References) -> Citation:
    return Citation(refs.source, refs.valid_from, refs.gdpr, refs.lil_current)


def _calendar(name: str, calendars: dict[str, dict[str, Any]]) -> Calendar:
    entry = dict(calendars[name])
    own = tuple(Holiday(**holiday) for holiday in entry.pop("holidays"))
    included = entry.pop("includes", None)
    days = (_calendar(included, calendars).holidays if included else ()) + own
    return Calendar(holidays=days, **entry)
