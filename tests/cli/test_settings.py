"""A setting that cannot be used is named, and nothing starts."""

import pytest


@pytest.mark.parametrize("command", ["up", "worker", "migrate", "demo"])
def test_an_unknown_setting_is_named(serve, command):
    started = serve(command, MAILER_SMPT_HOST="relais.exemple.fr")
    assert started.end() == 1
    assert "unknown setting: MAILER_SMPT_HOST" in started.said
    assert "Traceback" not in started.said


def test_a_value_that_cannot_be_used_is_named(serve, tmp_path):
    started = serve("up", MAILER_HOLIDAY_CALENDAR="paris", MAILER_DATA_FOLDER=str(tmp_path))
    assert started.end() == 1
    assert "HOLIDAY_CALENDAR must be" in started.said
    assert "Traceback" not in started.said


@pytest.mark.parametrize("command", ["up", "web"])
def test_an_office_refuses_the_setting_of_the_demonstration(serve, tmp_path, command):
    started = serve(command, MAILER_DEMO="True", MAILER_DATA_FOLDER=str(tmp_path))
    assert started.end() == 1
    assert "unset it to run `mailer up`" in started.said


def test_a_folder_that_cannot_be_used_is_named(serve, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file stands where the folder should")
    started = serve("up", MAILER_DATA_FOLDER=str(taken))
    assert started.end() == 1
    assert f"DATA_FOLDER: {taken} cannot be used" in started.said
    assert "Traceback" not in started.said


def test_a_start_names_the_setting_that_may_be_meant(serve, tmp_path):
    started = serve("migrate", MAILER_SMTP_PROT="25", MAILER_DATA_FOLDER=str(tmp_path))
    assert started.end() == 1
    assert "unknown setting: MAILER_SMTP_PROT; perhaps MAILER_SMTP_PORT is meant" in started.said
