"""What the command writes is for the user who runs it alone."""

import os
import stat
import subprocess
import sys

from mailer.doctor import machine


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_database_is_open_to_nobody_else_whoever_makes_it(tmp_path):
    folder = tmp_path / "data"
    subprocess.run(
        [sys.executable, "-m", "mailer", "migrate"],
        env=os.environ | {"MAILER_DATA_FOLDER": str(folder)},
        umask=0o022,
        check=True,
        capture_output=True,
    )

    assert (mode(folder), mode(folder / "mailer.sqlite")) == (0o700, 0o600)


def test_the_doctor_tells_of_a_database_that_is_open_to_others(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "mailer.sqlite").touch(0o644)
    (tmp_path / "mailer.sqlite").chmod(0o644)
    [before] = machine.data_folder(tmp_path)
    tmp_path.chmod(0o700)
    [after] = machine.data_folder(tmp_path)

    assert before.cure == f"chmod 700 {tmp_path}"
    assert after.cure == ""
