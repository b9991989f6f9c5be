from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from mailer import addresses
from mailer.db import transaction
from mailer.errors import Invalid
from mailer.rights import emails, operations
from mailer.rights.kinds import Right
from mailer.rights.letters import REQUIRED
from mailer.rights.models import Channel
from mailer.rights.operations import Intake
from mailer.rights.states import Outcome

GOLDEN = Path(__file__).parents[1] / "emails" / "rights"
AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def case(app):
    """`case(Right.ACCESS)`: a request of that Sunday."""

    def receive(*rights):
        address = addresses.parse("nadia.k@exemple.fr")
        fingerprint = addresses.fingerprint(address, "another")
        asked = Intake(address, fingerprint, rights, "", Channel.FORM, AT.date(), "fr", "metropole")
        with transaction():
            return operations.receive(asked, "subject", AT)

    return receive


def written(name, case):
    """The mail of that name, to Nadia."""
    access, said = (
        case(Right.ACCESS, Right.OBJECTION),
        "Voici ce que nous avons trouvé.\n\nEt ceci.",
    )
    refused = {Right.ACCESS: Outcome.REFUSED, Right.OBJECTION: Outcome.GRANTED}
    granted = dict.fromkeys(access.rights, Outcome.GRANTED)
    return {
        "acknowledgement": lambda: emails.acknowledgement(access),
        "answer": lambda: emails.answer(access, granted, said, ""),
        "refusal": lambda: emails.answer(access, refused, said, "RGPD art. 12(5)."),
        "objection": lambda: emails.answer(
            case(Right.OBJECTION), {Right.OBJECTION: Outcome.GRANTED}, "", ""
        ),
    }[name]()


@pytest.mark.parametrize("part", ["text", "html"])
@pytest.mark.parametrize("name", REQUIRED)
def test_each_mail_is_the_one_we_looked_at(case, name, part):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    mail = written(name, case)
    drawn = f"{mail.subject}\n\n{mail.text}" if part == "text" else mail.html
    golden = GOLDEN / f"{name}.{part.replace('text', 'txt')}"
    if not golden.exists():
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert drawn == golden.read_text(encoding="utf-8")


def test_the_acknowledgement_gives_the_computed_day_and_no_number_of_days(case):
    mail = emails.acknowledgement(case(Right.ACCESS))
    assert "au plus tard le mardi 22 décembre 2026" in mail.text
    assert "au plus tard le mardi 22 décembre 2026" in mail.html
    assert "mois" not in mail.text


def test_what_the_officer_writes_stays_text(case):
    request = case(Right.ACCESS)
    mail = emails.answer(
        request, {Right.ACCESS: Outcome.NO_DATA}, "Rien <b>du tout</b> & voilà.", ""
    )
    assert "&lt;b&gt;du tout&lt;/b&gt; &amp; voilà." in mail.html
    assert "<b>du tout</b> & voilà." in mail.text


def test_a_letter_without_its_answer_is_not_built(case):
    with pytest.raises(Invalid, match="answer"):
        emails.answer(case(Right.ACCESS), {Right.ACCESS: Outcome.NO_DATA}, "  ", "")
