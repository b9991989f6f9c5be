"""The file that knows, between two commits, what left and how it ended."""

from contextlib import suppress

import pytest

from mailer.delivery import journal
from mailer.mail.outcome import Kind, Outcome, Stage

TAKEN = Outcome(Kind.ACCEPTED, "2.0.0", "ok", Stage.FINAL)
AWAY = Outcome(Kind.DEFERRED, "4.4.1", "p1@exemple.fr cannot be reached", Stage.CONNECT, True)


class PowerCutError(Exception):
    """The worker ends, whatever it was doing."""


def broken(folder, *happened):
    """A journal whose worker died: `happened` are numbers that left, and answers by number."""
    with suppress(PowerCutError), journal.opened(folder) as log:
        for what in happened:
            if isinstance(what, int):
                log.leaves(what)
            else:
                log.answered(*what)
        raise PowerCutError
    return folder / journal.FOLDER / log.owner


def pages(folder):
    return list(journal.left_behind(folder))


def test_nothing_stays_of_a_turn_that_ended_well(tmp_path):
    with journal.opened(tmp_path) as log:
        log.leaves(1)
    assert list((tmp_path / journal.FOLDER).iterdir()) == []


def test_the_journal_of_a_living_worker_is_left_alone(tmp_path):
    with journal.opened(tmp_path):
        assert pages(tmp_path) == []


def test_a_dead_worker_tells_what_left_and_how_it_ended(tmp_path):
    broken(tmp_path, 1, (1, TAKEN), 2, (3, AWAY))
    (page,) = pages(tmp_path)
    assert page.answers[1].kind is Kind.ACCEPTED
    assert page.answers[3].relay_down
    assert [page.may_have_left(number) for number in (1, 2, 4)] == [True, True, False]


def test_a_journal_is_read_once(tmp_path):
    broken(tmp_path, 1)
    assert len(pages(tmp_path)) == 1
    assert pages(tmp_path) == []


def test_a_journal_that_could_not_be_settled_is_read_again(tmp_path):
    broken(tmp_path, 1)
    reading = journal.left_behind(tmp_path)
    next(reading)
    reading.close()
    assert len(pages(tmp_path)) == 1


def test_a_line_that_was_not_finished_is_void(tmp_path):
    path = broken(tmp_path, 1, 23)
    path.write_bytes(path.read_bytes()[:-2])
    (page,) = pages(tmp_path)
    assert page.left == {1}


def test_after_a_power_cut_whatever_is_not_known_to_have_ended_may_have_left(tmp_path):
    path = broken(tmp_path, (1, TAKEN))
    _boot, _, lines = path.read_bytes().partition(b"\n")
    path.write_bytes(b"another boot\n" + lines)
    (page,) = pages(tmp_path)
    assert page.may_have_left(9)
    assert page.answers[1].kind is Kind.ACCEPTED


def test_what_the_relay_says_of_a_person_is_not_written(tmp_path):
    assert b"exemple.fr" not in broken(tmp_path, (3, AWAY)).read_bytes()


@pytest.mark.parametrize(
    "line", [b"\0\0\0\n", b"A 1\n", b"L 1 2\n", b"A x accepted 2.0.0 final 0\n"]
)
def test_a_line_that_says_nothing_makes_all_uncertain_and_stops_nobody(tmp_path, line):
    path = broken(tmp_path, (1, TAKEN))
    path.write_bytes(path.read_bytes() + line)
    (page,) = pages(tmp_path)
    assert page.answers[1].kind is Kind.ACCEPTED
    assert page.may_have_left(2)


def test_a_folder_among_the_journals_is_passed_over(tmp_path):
    broken(tmp_path, 1)
    (tmp_path / journal.FOLDER / "0").mkdir()
    assert len(pages(tmp_path)) == 1
