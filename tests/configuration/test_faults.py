"""Everything that keeps mailer from starting is told at once, with its cure."""

import pytest

from mailer import settings
from mailer.configuration import faults


def test_the_shipped_settings_have_no_fault():
    assert faults.every({}) == []


@pytest.mark.parametrize(
    ("variable", "text", "said", "cure"),
    [
        ("MAILER_SMPT_HOST", "relais", "unknown setting", "perhaps MAILER_SMTP_HOST is meant"),
        ("MAILER_SMTP_PORT", "port", "read as a whole number", "MAILER_SMTP_PORT='2525'"),
        ("MAILER_TRUSTED_HOSTS", "{}", "must be a list", """["127.0.0.1", "localhost"]'"""),
        ("MAILER_PROXIES", "-1", "must be from 0 to 100, and is -1", "unset MAILER_PROXIES"),
        ("MAILER_IMAP_HOST", "relais", "IMAP_HOST and IMAP_USERS go", "unset MAILER_IMAP_HOST"),
        ("MAILER_BOUNCE_MAILBOX_USER", "x", "go together", "config.py, line "),
        ("MAILER_SMTP_HOST", "relais.exemple.fr", 'SMTP_SECURITY "plain"', "config.py, line "),
        ("MAILER_DKIM_SELECTORS", '["s1"]', "DKIM_SELECTORS names s1", "MAILER_DKIM_SELECTORS"),
        ("MAILER_DEMO", "true", "DEMO is for `mailer demo`", "unset it"),
        ("MAILER_CONFIG", "/nulle/part.py", "/nulle/part.py cannot be read", "copy of config.py"),
    ],
)
def test_a_fault_is_a_sentence_with_its_cure(variable, text, said, cure, tmp_path):
    found = faults.every({"MAILER_DATA_FOLDER": str(tmp_path), variable: text})

    assert len(found) == 1
    assert said in found[0].said
    assert cure in found[0].cure


def test_all_faults_are_told_at_once():
    environ = {"MAILER_SMPT_HOST": "x", "MAILER_SMTP_PORT": "x", "MAILER_TRACKING": "x"}
    assert {each.setting for each in faults.every(environ)} == {
        "MAILER_SMPT_HOST",
        "MAILER_SMTP_PORT",
        "TRACKING",
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("SMTP_PORT = = 25", "(SyntaxError)"),
        ("SMTP_PORT = port", "(NameError)"),
        ("SMTP_PORT = 1 / 0", "(ZeroDivisionError)"),
    ],
)
def test_a_line_that_is_no_python_is_named(tmp_path, line, said):
    own = tmp_path / "config.py"
    own.write_text(f"\n\n{line}\n")
    (fault,) = faults.every({"MAILER_CONFIG": str(own)})

    assert f"{own}, line 3, " in fault.said
    assert said in fault.said


def test_a_value_of_a_secret_is_not_repeated(tmp_path):
    own = tmp_path / "config.py"
    own.write_text(settings.defaults_file().read_text() + 'DATABASE_URL = "mysql://u:phare@h"\n')
    (fault,) = faults.every({"MAILER_CONFIG": str(own)})

    assert "DATABASE_URL must be empty" in fault.said
    assert "phare" not in f"{fault}"
