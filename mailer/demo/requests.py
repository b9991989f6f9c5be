"""Seven requests from readers: one is late, two are due within the week, two are closed."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from mailer import addresses, rulebook
from mailer.clock import PARIS, paris_day
from mailer.consent.subjects import fingerprint_of
from mailer.demo.people import OFFICER, Person
from mailer.demo.receipts import receipts
from mailer.rights import answering, operations
from mailer.rights.decision import Decision
from mailer.rights.kinds import Right
from mailer.rights.models import Channel, RightsRequest
from mailer.rights.operations import Intake
from mailer.rights.states import Outcome
from mailer.tokens import RIGHTS_MAILBOX

REQUESTS = Path(__file__).with_name("requests.toml")
RECEIVED_AT = time(10, 14, tzinfo=PARIS)
CONFIRMED_AFTER = timedelta(minutes=25)


@dataclass(frozen=True)
class Asked:
    """What one reader asks, on which day; the answer, when there was one."""

    received_on: date
    right: Right
    verbatim: str
    confirmed: bool
    answer: str
    answered_after: timedelta


def asked(today: date, calendar: str) -> list[Asked]:
    """The seven, in the order in which they came."""
    days = receipts(today, rulebook.load(), calendar)
    written = tomllib.loads(REQUESTS.read_text(encoding="utf-8"))["request"]
    found = (_read(each, days[each["received"]]) for each in written)
    return sorted(found, key=lambda each: each.received_on)


def _read(written: Mapping[str, Any], received_on: date) -> Asked:
    return Asked(
        received_on=received_on,
        right=Right(written["right"]),
        verbatim=written["verbatim"],
        confirmed=written.get("confirmed", True),
        answer=written.get("answer", ""),
        answered_after=timedelta(hours=written.get("answered_after_hours", 0)),
    )


def load(people: Sequence[Person], at: datetime) -> None:
    """Receive them, confirm the mailboxes, answer those that were answered."""
    calendar = current_app.config["HOLIDAY_CALENDAR"]
    for person, each in zip(people, asked(paris_day(at), calendar), strict=True):
        _live(person, each, calendar)


def _live(person: Person, each: Asked, calendar: str) -> None:
    at = datetime.combine(each.received_on, RECEIVED_AT)
    case = operations.receive(_intake(person, each, calendar), "subject", at)
    if each.confirmed:
        operations.confirm_mailbox(RIGHTS_MAILBOX.sign(case.id), at + CONFIRMED_AFTER)
    if each.answer:
        _answer(case, each, at + each.answered_after)


def _intake(person: Person, each: Asked, calendar: str) -> Intake:
    address = addresses.parse(person.email)
    return Intake(
        address=address,
        fingerprint=fingerprint_of(address),
        rights=(each.right,),
        verbatim=each.verbatim,
        channel=Channel.FORM,
        received_on=each.received_on,
        language="fr",
        calendar=calendar,
    )


def _answer(case: RightsRequest, each: Asked, at: datetime) -> None:
    granted: Mapping[Right, Outcome] = {each.right: Outcome.GRANTED}
    answering.answer(case, Decision(granted, each.answer, grounds=""), OFFICER, at)
