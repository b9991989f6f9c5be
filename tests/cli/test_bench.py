import pytest
from click.testing import CliRunner

from mailer.cli import commands
from mailer.consent.tracking import Mode


def test_the_benchmark_sends_to_everyone_and_says_how_fast():
    run = CliRunner().invoke(commands, ["bench", "mails", "--people", "120"])
    assert run.exit_code == 0
    assert "mails       120\n" in run.stdout
    assert "per second" in run.stdout


def test_the_benchmark_of_imports_takes_every_line_and_says_how_fast():
    run = CliRunner().invoke(commands, ["bench", "import", "--rows", "300"])
    assert run.exit_code == 0
    assert "lines       300\n" in run.stdout
    assert "lines per second" in run.stdout


@pytest.mark.parametrize("door", ["sign-up", "preferences"])
def test_the_benchmark_of_the_clock_says_how_well_it_tells_who_is_known(door):
    run = CliRunner().invoke(commands, ["bench", "enumeration", "--door", door, "--pairs", "3"])
    assert run.exit_code == 0
    assert "known " in run.stdout
    assert "rank " in run.stdout


def test_the_benchmark_of_the_queue_asks_for_each_list_and_says_how_long_it_took():
    size = ["--open", "60", "--closed", "60", "--times", "2"]
    run = CliRunner().invoke(commands, ["bench", "requests", *size])
    assert run.exit_code == 0
    assert "requests    60 open, 60 closed\n" in run.stdout
    assert "ms median" in run.stdout


def test_the_benchmark_of_people_asks_for_each_page_and_says_how_long_it_took():
    run = CliRunner().invoke(commands, ["bench", "people", "--people", "90", "--times", "2"])
    assert run.exit_code == 0
    assert "people      90\n" in run.stdout
    assert "ms median" in run.stdout


def test_the_benchmark_of_bodies_tells_what_a_mail_costs_under_each_mode():
    run = CliRunner().invoke(commands, ["bench", "bodies", "--kilobytes", "5"])
    assert run.exit_code == 0
    assert [line.split()[0] for line in run.stdout.splitlines()] == list(Mode)


def test_the_benchmark_of_signatures_tells_what_each_kind_of_key_costs():
    run = CliRunner().invoke(commands, ["bench", "signatures", "--kilobytes", "5"])
    assert run.exit_code == 0
    assert [line.split()[0] for line in run.stdout.splitlines()] == ["mail", "rsa", "ed25519"]


def test_the_benchmark_of_signups_finds_the_rows_of_each_and_says_how_long_answers_took():
    run = CliRunner().invoke(commands, ["bench", "signups", "--seconds", "1", "--visitors", "2"])
    assert run.exit_code == 0
    told = [line for line in run.stdout.splitlines() if " ms p99" in line]
    assert [line.partition(" sign-up ")[0].strip() for line in told if " sign-up " in line] == [
        "sign-ups alone",
        "beside each other",
    ]
    assert "each with request, mail and evidence" in run.stdout


def test_the_benchmark_of_a_restore_shows_that_nobody_erased_came_back():
    run = CliRunner().invoke(commands, ["bench", "restore", "--people", "60"])
    assert run.exit_code == 0
    steps = [line.split("…")[0].strip() for line in run.stdout.splitlines() if "…" in line]
    assert steps == ["Checking", "Putting back", "Migrating", "Deciding again", "Verifying"]
    assert "erased      20, of whom 0 are in the bytes of the file\n" in run.stdout
    assert "campaign    paused, with 54 mails to decide on\n" in run.stdout
    assert "ledger      whole" in run.stdout
