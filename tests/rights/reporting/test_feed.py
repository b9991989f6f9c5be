"""The due dates in an officer's calendar: what stands there, and when the address ends."""

import re
from datetime import date, timedelta

import pytest
from statements import statements

from mailer.accounts import queries as accounts
from mailer.accounts.models import AccountRole
from mailer.clock import now
from mailer.db import db, transaction
from mailer.rights import asking
from mailer.rights.identity import Level
from mailer.rights.kinds import Right
from mailer.rights.queries import by_reference

PAGE = "/bureau/demandes/calendrier"


@pytest.fixture
def address(dpo):
    """`address()`: the path of the officer's calendar, as the page shows it."""

    def shown():
        (url,) = re.findall(r'value="(http[^"]+/calendrier/[^"]+)"', dpo.get(PAGE).text)
        return f"/calendrier/{url.partition('/calendrier/')[2]}"

    return shown


def events(answer):
    """The events of the file, read back by the rules of RFC 5545."""
    file = answer.text
    assert "\n" not in file.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
    lines = file.replace("\r\n ", "").split("\r\n")
    found, now_in = [], None
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            now_in = {}
        elif line == "END:VEVENT":
            found.append(now_in)
            now_in = None
        elif now_in is not None:
            now_in[name] = re.sub(r"\\(.)", r"\1", value)
    return found


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_the_page_does_not_exist_for_anyone_else(staff, role):
    assert staff(role).get(PAGE).status_code == 404


def test_each_running_case_takes_its_last_day(dpo, visitor, lived, address):
    lived(Right.ACCESS, Right.WITHDRAWAL, on=date(2026, 11, 20))
    lived(Right.ERASURE, on=date(2026, 11, 2), answered_after=3)
    answer = visitor.get(address())
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    (event,) = events(answer)
    assert event["UID"] == "DR-2026-0001@127.0.0.1"
    assert event["SUMMARY"] == "DR-2026-0001\u00a0: réponse due (accès, retrait du consentement)"
    assert event["DTSTART;VALUE=DATE"] == "20261221"
    assert event["URL"].endswith("/bureau/demandes/DR-2026-0001")


def test_nobody_is_named(dpo, visitor, lived, address):
    lived(Right.ACCESS, on=date(2026, 11, 20), address="secret@exemple.fr")
    file = visitor.get(address()).text
    assert not any(word in file for word in ("secret", "Madame", "Camille", "dpo@"))


def test_a_suspended_case_is_left_out_until_the_question_is_answered(
    dpo, visitor, lived, address, monday
):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    path, case = address(), "/bureau/demandes/DR-2026-0001"
    dpo.submit(f"{case}/identite", wanted="2", doubt="Deux lettres se contredisent.")
    assert events(visitor.get(path)) == []
    with transaction():
        by_reference("DR-2026-0001").proven = Level.FACTS
        asking.confirm(
            by_reference("DR-2026-0001"), "Deux faits cités.", "account:1", now() + timedelta(3)
        )
    (event,) = events(visitor.get(path))
    assert event["DTSTART;VALUE=DATE"] == "20261223"
    assert event["LAST-MODIFIED"] == "20261125T230000Z"


def test_an_extension_moves_the_day_and_says_when_it_changed(dpo, visitor, lived, address):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    (before,) = events(visitor.get(address()))
    dpo.submit(
        "/bureau/demandes/DR-2026-0001/prolongation", ground="number", facts="Vingt demandes."
    )
    (after,) = events(visitor.get(address()))
    assert after["UID"] == before["UID"]
    assert before["LAST-MODIFIED"] == "20261120T090000Z"
    assert after["LAST-MODIFIED"].startswith("20261123T09")
    assert after["DTSTART;VALUE=DATE"] == "20270222"


def test_the_address_is_the_same_at_each_visit(dpo, address):
    assert address() == address()


def test_another_address_ends_the_one_before(dpo, visitor, address):
    old = address()
    assert dpo.submit(f"{PAGE}/adresse").status_code == 303
    assert visitor.get(old).status_code == 410
    assert visitor.get(address()).status_code == 200


def test_the_address_outlives_a_session(dpo, visitor, address):
    kept = address()
    dpo.submit("/deconnexion")
    assert visitor.get(kept).status_code == 200


def test_a_closed_account_ends_the_address(dpo, visitor, address):
    old = address()
    with transaction():
        accounts.by_id(1).closed_at = now()
    assert visitor.get(old).status_code == 410


def test_who_is_officer_no_more_reads_no_more(dpo, visitor, address):
    old = address()
    with transaction():
        db.session.execute(db.delete(AccountRole))
    assert visitor.get(old).status_code == 410


@pytest.mark.parametrize("token", ["x", "1.abc-def", "1-", "é"])
def test_an_address_that_we_did_not_sign_is_refused(visitor, token):
    assert visitor.get(f"/calendrier/{token}.ics").status_code == 422


def test_the_address_holds_neither_the_key_nor_a_name(dpo, address):
    account = accounts.by_id(1)
    assert account.calendar_key not in address()
    assert "dpo" not in address()


def test_the_calendar_is_in_english_for_who_asked_in_english(dpo, visitor, lived, address):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    (event,) = events(visitor.get(address().replace("lang=fr", "lang=en")))
    assert event["SUMMARY"] == "DR-2026-0001: reply due (access)"


def test_the_calendar_asks_as_much_of_the_database_for_many_cases(dpo, visitor, lived, address):
    path = address()

    def asked():
        with statements() as seen:
            visitor.get(path)
        return len(seen)

    lived(Right.ACCESS, on=date(2026, 11, 1))
    few = asked()
    for day in range(1, 13):
        lived(Right.ACCESS, Right.ERASURE, on=date(2026, 11, day))
    assert asked() == few <= 7
