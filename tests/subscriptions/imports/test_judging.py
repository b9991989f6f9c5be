import pytest

from mailer import addresses
from mailer.subscriptions.imports.columns import Fate, guess
from mailer.subscriptions.imports.faults import Fault, Flaw
from mailer.subscriptions.imports.judging import Entry, judge, rules

HEADER = ["email", "statut", "langue"]


def judged(*rows, header=HEADER):
    return list(judge(rows, rules(guess(header), header, ("fr", "en"), "fr")))


def test_a_row_is_read_with_its_number_in_the_file():
    zoe = addresses.parse("zoe@exemple.fr")

    assert judged(["zoe@exemple.fr", "", "en_GB"]) == [Entry(2, zoe, "en", Fate.TAKE)]


@pytest.mark.parametrize(
    ("typed", "flaw"),
    [
        ("", Flaw.EMPTY),
        ("zoe.exemple.fr", Flaw.NO_AT),
        ("zoe@@exemple.fr", Flaw.SEVERAL_AT),
        ("zoe@exemple.fr; remi@exemple.fr", Flaw.SEVERAL_AT),
        ("zoe dupont@exemple.fr", Flaw.SPACE),
        ("@exemple.fr", Flaw.NO_NAME),
        ("zoe@exemple", Flaw.NO_DOT),
        ("zo\ufffd@exemple.fr", Flaw.MISREAD),
        ("zoe\0@exemple.fr", Flaw.HIDDEN),
        ("zoe\u202e@exemple.fr", Flaw.HIDDEN),
        ("zoe..dupont@exemple.fr", Flaw.ADDRESS),
        ("=HYPERLINK(zoe@exemple.fr)", Flaw.ADDRESS),
        ("<b>zoe</b>@exemple.fr", Flaw.ADDRESS),
    ],
)
def test_what_is_the_matter_with_an_address_is_said(typed, flaw):
    (found,) = judged([typed, "", "fr"])

    assert (found.line, found.flaw) == (2, flaw)


@pytest.mark.parametrize("typed", [" zoe@exemple.fr ", "<zoe@exemple.fr>", "'zoe@exemple.fr"])
def test_what_a_program_wrapped_around_an_address_is_taken_off(typed):
    assert judged([typed])[0].address.normalised == "zoe@exemple.fr"


def test_a_row_of_nothing_counts_for_nothing():
    assert [row.line for row in judged([], ["", "", ""], ["zoe@exemple.fr"])] == [4]


def test_a_status_that_nobody_knows_is_a_fault():
    assert judged(["zoe@exemple.fr", "peut-être"]) == [Fault(2, Flaw.STATUS, "peut-être")]


@pytest.mark.parametrize(
    ("status", "fate"),
    [("", Fate.TAKE), ("Abonné", Fate.TAKE), ("Désabonné", Fate.LEAVE), ("spam", Fate.COMPLAINED)],
)
def test_a_status_decides_of_the_row(status, fate):
    assert judged(["zoe@exemple.fr", status])[0].fate == fate


def test_the_day_somebody_left_mailchimp_is_enough_to_leave_them():
    header = ["Email Address", "LEID", "EUID", "UNSUB_TIME"]

    left, stays = judged(
        ["zoe@exemple.fr", "1", "a", "2024-02-01 10:00:00"],
        ["remi@exemple.fr", "2", "b", ""],
        header=header,
    )

    assert (left.fate, stays.fate) == (Fate.WITHDRAWN, Fate.TAKE)


def test_a_cell_of_ten_thousand_signs_is_a_fault_of_its_row_alone():
    found = judged(["x" * 10_001 + "@exemple.fr"], ["zoe@exemple.fr"])

    assert [getattr(row, "flaw", None) for row in found] == [Flaw.LONG_CELL, None]


def test_a_row_of_too_many_cells_is_a_fault():
    assert judged(["a"] * 101)[0].flaw == Flaw.MANY_COLUMNS
