import tempfile
from pathlib import Path

import clamd_server
import pytest

from mailer.antivirus import PIECE_BYTES, Verdict, judge


@pytest.fixture
def clamd():
    # The path of a socket is short, and that of pytest's folder is not.
    with tempfile.TemporaryDirectory() as folder, clamd_server.listening(Path(folder)) as path:
        yield path


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (b"", Verdict.CLEAN),
        (b"%PDF-1.7 une facture", Verdict.CLEAN),
        (b"%PDF-1.7 " + clamd_server.BAD, Verdict.DANGEROUS),
        (b"x" * (PIECE_BYTES - 5) + clamd_server.BAD, Verdict.DANGEROUS),
        (b"x" * (clamd_server.LARGEST_BYTES + 1), Verdict.UNKNOWN),
    ],
)
def test_a_file_is_what_the_antivirus_says_of_it(clamd, content, verdict):
    assert judge(content, clamd) is verdict


def test_without_an_antivirus_nothing_is_known(tmp_path):
    assert judge(b"%PDF-1.7", str(tmp_path / "nobody.socket")) is Verdict.UNKNOWN
