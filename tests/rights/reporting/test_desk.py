"""The officer's report as a page: its charts, their numbers, and who may see it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import html
from statements import statements

from mailer.db import transaction
from mailer.rights.kinds import Right
from mailer.rights.queries import by_reference
from mailer.rights.states import State

REPORT = "/bureau/demandes/bilan"


def table(page, key):
    """The cells of a chart's table, a list a row."""
    rows = html.fromstring(page.text).xpath(f"//section[@aria-labelledby='{key}']//tr")
    return [[cell.text_content() for cell in row.xpath("./th|./td")] for row in rows]


@pytest.mark.parametrize("role", ["editor", "sender", "subscribers", "admin"])
def test_the_report_does_not_exist_for_anyone_else(staff, role):
    assert staff(role).get(REPORT).status_code == 404


def test_an_empty_desk_draws_no_empty_axes(dpo, read):
    page = dpo.get(REPORT)
    assert read(page).count("Rien à dessiner") == 4
    assert "<svg" not in page.text


def test_what_is_asked_counts_by_week_and_by_right(dpo, lived):
    lived(Right.ACCESS, Right.ERASURE, on=date(2026, 11, 22))
    lived(Right.ACCESS, on=date(2026, 11, 23))
    lived(Right.ACCESS, on=date(2026, 5, 31))
    rows = table(dpo.get(REPORT), "received")
    assert rows[0] == ["Semaine du", "Accès", "Effacement"]
    assert len(rows) == 1 + 26
    assert rows[-2:] == [["16 nov. 2026", "1", "1"], ["23 nov. 2026", "1", "–"]]


def test_the_delay_is_the_median_of_the_month_of_the_answer(dpo, lived):
    for days in (2, 10, 40):
        lived(Right.ACCESS, on=date(2026, 10, 1), answered_after=days)
    rows = dict(table(dpo.get(REPORT), "delays"))
    assert (rows["octobre 2026"], rows["novembre 2026"]) == ("6", "40")


def test_one_day_is_said_in_the_singular(dpo, lived, read):
    lived(Right.ACCESS, on=date(2026, 10, 1), answered_after=1)
    assert "sont parties en 1 jour au plus" in read(dpo.get(REPORT))


def test_the_share_in_time_is_counted_with_each_answers_own_date(dpo, lived):
    for days in (2, 10, 40):
        lived(Right.ACCESS, on=date(2026, 10, 10), answered_after=days)
    rows = dict(table(dpo.get(REPORT), "punctuality"))
    assert (rows["octobre 2026"], rows["novembre 2026"]) == ("100", "0")


def test_an_answer_after_midnight_in_paris_is_of_the_next_month(dpo, lived):
    lived(Right.ACCESS, on=date(2026, 10, 20), answered_after=3)
    with transaction():
        by_reference("DR-2026-0001").closed_at = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    rows = dict(table(dpo.get(REPORT), "delays"))
    assert (rows["octobre 2026"], rows["novembre 2026"]) == ("–", "12")


def test_an_archived_answer_goes_on_counting_and_an_archived_withdrawal_does_not(dpo, lived):
    lived(Right.ACCESS, on=date(2026, 10, 1), answered_after=4)
    lived(Right.ACCESS, on=date(2026, 10, 1), answered_after=8)
    with transaction():
        for reference, ended in (("DR-2026-0001", "answered"), ("DR-2026-0002", "withdrawn")):
            case = by_reference(reference)
            case.state, case.ended_as = State.ARCHIVED, ended
    assert dict(table(dpo.get(REPORT), "delays"))["octobre 2026"] == "4"


def test_what_falls_due_is_shown_ahead_by_week(dpo, lived):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    lived(Right.ERASURE, on=date(2026, 10, 26))
    lived(Right.ACCESS, on=date(2026, 10, 27), answered_after=3)
    rows = dict(table(dpo.get(REPORT), "ahead"))
    assert (rows["23 nov. 2026"], rows["21 déc. 2026"]) == ("1", "1")
    assert len(rows) == 1 + 5


def test_a_suspended_case_falls_due_on_no_day(dpo, lived):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    dpo.submit(
        "/bureau/demandes/DR-2026-0001/identite", wanted="2", doubt="Deux lettres se contredisent."
    )
    assert table(dpo.get(REPORT), "ahead") == []


def test_a_chart_names_and_describes_itself(dpo, lived):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    drawings = html.fromstring(dpo.get(REPORT).text).xpath("//svg[@role='img']")
    assert drawings
    for each in drawings:
        assert each.findtext("title")
        assert each.findtext("desc")


def test_the_report_is_in_english_for_who_reads_english(dpo, lived, read):
    lived(Right.ACCESS, on=date(2026, 11, 20))
    page = read(dpo.get(f"{REPORT}?lang=en"))
    assert "1 right exercised in 26 weeks" in page


def test_the_report_asks_as_much_of_the_database_for_many_cases(dpo, lived):
    def asked():
        with statements() as seen:
            dpo.get(REPORT)
        return len(seen)

    lived(Right.ACCESS, on=date(2026, 11, 1), answered_after=3)
    few = asked()
    for days in range(12):
        lived(Right.ACCESS, Right.ERASURE, on=date(2026, 10, 1) + timedelta(days), answered_after=9)
    assert asked() == few <= 8
