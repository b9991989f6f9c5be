from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from mailer.db import db, transaction
from mailer.rights import handover, handover_mails
from mailer.rights.kinds import Right

GOLDEN = Path(__file__).parents[1] / "emails" / "rights"
AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@pytest.fixture
def case(received):
    with time_machine.travel(AT, tick=False):
        yield received(Right.ACCESS)


def written(name, case):
    with transaction():
        db.session.add(case)
        copy = handover.make(case, {"copie.json": "{}"}, AT)
        return {
            "copy_code": lambda: handover_mails.code(copy, "12345678"),
            "copy_opened": lambda: handover_mails.opened(copy, AT),
            "status_link": lambda: handover_mails.status(case),
        }[name]()


@pytest.mark.parametrize("part", ["text", "html"])
@pytest.mark.parametrize("name", ["copy_code", "copy_opened", "status_link"])
def test_each_mail_is_the_one_we_looked_at(case, name, part):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    mail = written(name, case)
    drawn = f"{mail.subject}\n\n{mail.text}" if part == "text" else mail.html
    golden = GOLDEN / f"{name}.{part.replace('text', 'txt')}"
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert drawn == golden.read_text(encoding="utf-8")
