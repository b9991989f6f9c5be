"""`mailer config`: what the settings are, and whether one can start with them."""

import json

import pytest
from click.testing import CliRunner

from mailer.cli import commands


@pytest.fixture
def config(tmp_path):
    """`config("check", MAILER_…="…")` with a data folder of its own."""

    def run(*words, **variables):
        given = {"MAILER_DATA_FOLDER": str(tmp_path)} | variables
        return CliRunner().invoke(commands, ["config", *words], env=given)

    return run


def test_settings_that_can_be_used_end_with_0(config):
    checked = config("check")
    assert (checked.exit_code, checked.stdout) == (0, "✓ The settings can be used.\n")


def test_every_fault_is_told_with_its_cure_and_ends_with_1(config):
    checked = config("check", MAILER_SMPT_HOST="relais", MAILER_PROXIES="-1")

    assert checked.exit_code == 1
    assert "✗ unknown setting: MAILER_SMPT_HOST.\n  → perhaps MAILER_SMTP_HOST" in checked.stdout
    assert "✗ PROXIES must be from 0 to 100, and is -1.\n  → change or unset" in checked.stdout
    assert "2 to mend." in checked.stdout


def test_a_program_reads_the_same(config):
    assert json.loads(config("check", "--json").stdout) == []

    (fault,) = json.loads(config("check", "--json", MAILER_PROXIES="-1").stdout)
    assert fault == {
        "setting": "PROXIES",
        "fault": "PROXIES must be from 0 to 100, and is -1",
        "cure": "change or unset MAILER_PROXIES in the environment",
    }


def test_what_is_shown_says_where_it_comes_from_and_no_secret(config):
    told = config("show", MAILER_SMTP_PORT="587", MAILER_SMTP_PASSWORD="phare")

    assert told.exit_code == 0
    assert "SMTP_PORT = 587  # MAILER_SMTP_PORT\n" in told.stdout
    assert "SMTP_PASSWORD = (defined)" in told.stdout
    assert "IMAP_PASSWORDS = (absent)" in told.stdout
    assert "phare" not in told.stdout


def test_a_program_reads_where_each_setting_comes_from(config):
    told = json.loads(config("show", "--json", MAILER_SMTP_PASSWORD="phare").stdout)
    by_name = {each["name"]: each for each in told}

    assert by_name["SMTP_PASSWORD"]["value"] is None
    assert by_name["SMTP_PASSWORD"]["origin"]["place"] == "MAILER_SMTP_PASSWORD"
    assert by_name["SMTP_HOST"]["origin"]["line"] > 0
    assert by_name["SMTP_HOST"]["meaning"].startswith("The relay that takes the mails")
