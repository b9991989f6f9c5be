"""A file of a stranger passes by the antivirus of the house before it reaches an officer."""

import tempfile
from pathlib import Path

import clamd_server
import pytest
from rights.incoming.conftest import written
from structlog.testing import capture_logs

ORIGINAL = "/bureau/courriels/1/original"


@pytest.fixture
def clamd(app):
    with tempfile.TemporaryDirectory() as folder, clamd_server.listening(Path(folder)) as path:
        app.config["ANTIVIRUS_SOCKET"] = path
        yield path


def test_a_clean_file_is_given(clamd, dpo, take_in):
    content = written()
    take_in(content)

    assert dpo.get(ORIGINAL).data == content


def test_a_dangerous_file_is_not_given_and_the_page_says_what_to_do(clamd, dpo, take_in):
    take_in(written() + clamd_server.BAD)
    with capture_logs() as lines:
        answer = dpo.get(ORIGINAL)

    assert answer.status_code == 422
    assert clamd_server.BAD not in answer.data
    assert "Demandez à la personne" in answer.text
    [line] = [line for line in lines if line["event"] == "antivirus.not_given"]
    assert (line["endpoint"], line["verdict"]) == ("rights.mail_original", "dangerous")


def test_while_the_antivirus_is_away_nothing_is_given(app, dpo, take_in):
    app.config["ANTIVIRUS_SOCKET"] = "/nowhere/clamd.socket"
    take_in(written())

    answer = dpo.get(ORIGINAL)

    assert answer.status_code == 503
    assert "Réessayez" in answer.text
