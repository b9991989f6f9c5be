"""The officer's digest, as it was looked at."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from mailer.rights.reminder_mails import digest
from mailer.rights.reminders import Reminder
from mailer.rights.timers import Alarm

GOLDEN = Path(__file__).parents[1] / "emails" / "rights"
TODAY = date(2026, 11, 22)
ASKED_ON = date(2026, 10, 23)
DUE = {
    Alarm.LATE: date(2026, 11, 20),
    Alarm.EXTEND: date(2026, 11, 27),
    Alarm.DUE: date(2026, 11, 23),
}


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel(datetime(2026, 11, 22, 10, 30, tzinfo=UTC), tick=False):
        yield


def one_of_each():
    """A case for each alarm."""
    for number, alarm in enumerate(Alarm, 1):
        asked_on = ASKED_ON if alarm in {Alarm.UNIDENTIFIED, Alarm.DOCUMENT} else None
        due = DUE.get(alarm, date(2026, 12, 18))
        yield Reminder(alarm, f"DR-2026-{number:04d}", due, date(2026, 11, 18), asked_on)


@pytest.mark.parametrize("part", ["txt", "html"])
@pytest.mark.parametrize(("language", "suffix"), [("fr", ""), ("en", ".en")])
def test_the_digest_is_the_one_we_looked_at(app, language, suffix, part):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    mail = digest(list(one_of_each()), TODAY, "dpo@exemple.fr", language)
    drawn = f"{mail.subject}\n\n{mail.text}" if part == "txt" else mail.html
    golden = GOLDEN / f"warning{suffix}.{part}"
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert drawn == golden.read_text(encoding="utf-8")


def test_the_deputy_reads_why_they_are_written_to(app):
    mail = digest(list(one_of_each())[:1], TODAY, "adjointe@exemple.fr")
    assert "parce que vous suppléez le délégué" in mail.text
    assert "parce que vous suppléez le délégué" in mail.html
