import stat

import pytest

from mailer import settings
from mailer.settings import BadSetting


def test_the_environment_wins_over_the_file():
    assert settings.load({"MAILER_SMTP_PORT": "2526"})["SMTP_PORT"] == 2526


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("MAILER_BASE_URL", "https://lettre.exemple.fr", "https://lettre.exemple.fr"),
        ("MAILER_DEMO", "True", True),
        ("MAILER_DEMO", "true", True),
        ("MAILER_TRUSTED_HOSTS", '["lettre.exemple.fr"]', ["lettre.exemple.fr"]),
    ],
)
def test_a_variable_is_read_as_its_default_is(variable, text, expected):
    assert settings.load({variable: text})[variable.removeprefix("MAILER_")] == expected


@pytest.mark.parametrize("text", ["beaucoup", '"2525"', "true", "25.5", ""])
def test_a_variable_of_another_kind_is_refused_by_name(text):
    with pytest.raises(BadSetting, match="MAILER_SMTP_PORT"):
        settings.load({"MAILER_SMTP_PORT": text})


def test_an_unknown_variable_is_refused_by_name():
    with pytest.raises(BadSetting, match="MAILER_SMTP_PROT"):
        settings.load({"MAILER_SMTP_PROT": "2525"})


def test_an_operators_file_that_lacks_a_setting_is_refused_by_name(tmp_path):
    own = tmp_path / "config.py"
    own.write_text(settings.defaults_file().read_text().replace("SMTP_HOST = ", "smtp_host = "))

    with pytest.raises(BadSetting, match="SMTP_HOST"):
        settings.load({"MAILER_CONFIG": str(own)})


def test_an_operators_file_that_has_one_too_many_is_refused_by_name(tmp_path):
    own = tmp_path / "config.py"
    own.write_text(settings.defaults_file().read_text() + "SMTP_PROT = 2525\n")

    with pytest.raises(BadSetting, match="SMTP_PROT"):
        settings.load({"MAILER_CONFIG": str(own)})


def test_an_operators_file_with_a_value_of_another_kind_is_refused_by_name(tmp_path):
    own = tmp_path / "config.py"
    defaults = settings.defaults_file().read_text()
    own.write_text(defaults.replace("SMTP_PORT = 2525", 'SMTP_PORT = "2525"'))

    with pytest.raises(BadSetting, match="SMTP_PORT must be a whole number, and is a text"):
        settings.load({"MAILER_CONFIG": str(own)})


def test_an_override_that_does_not_exist_is_refused_by_name():
    with pytest.raises(BadSetting, match="SMTP_PROT"):
        settings.load({}, overrides={"SMTP_PROT": 2525})


def test_a_made_secret_is_kept_and_readable_by_its_owner_alone(tmp_path):
    made = settings.with_secrets(settings.load({}, {"DATA_FOLDER": str(tmp_path)}))
    again = settings.with_secrets(settings.load({}, {"DATA_FOLDER": str(tmp_path)}))

    assert made["SECRET_KEYS"] == again["SECRET_KEYS"]
    assert made["SECRET_KEYS"] != [made["FINGERPRINT_KEY"]]
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_the_embedded_database_lies_in_the_data_folder(tmp_path):
    made = settings.with_secrets(settings.load({}, {"DATA_FOLDER": str(tmp_path)}))

    assert made["DATABASE_URL"] == f"sqlite:///{tmp_path}/mailer.sqlite"


def test_a_start_that_is_refused_says_where_settings_stand():
    with pytest.raises(SystemExit, match=r"SMTP_PROT.*config\.py"):
        settings.complain(BadSetting("unknown setting: SMTP_PROT"))
