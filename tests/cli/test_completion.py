"""A shell completes our commands by the lines that we print."""

import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from mailer.cli import commands

BASH = shutil.which("bash")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_lines(shell):
    told = CliRunner().invoke(commands, ["completion", shell])

    assert told.exit_code == 0
    assert f"_MAILER_COMPLETE={shell}_complete" in told.stdout


def test_the_lines_are_bash_that_bash_can_read():
    lines = CliRunner().invoke(commands, ["completion", "bash"]).stdout
    read = subprocess.run([BASH, "-n"], input=lines, text=True, check=False)  # noqa: S603 - our own lines
    assert read.returncode == 0


def test_what_has_begun_is_completed():
    """As the lines ask: the words so far, and which of them is being typed."""
    asked = {"_MAILER_COMPLETE": "bash_complete", "COMP_WORDS": "mailer config ", "COMP_CWORD": "2"}
    told = subprocess.run(
        [sys.executable, "-m", "mailer"],
        env=os.environ | asked,
        capture_output=True,
        text=True,
        check=False,
    )

    assert {line.partition(",")[2] for line in told.stdout.split()} == {"check", "show"}


def test_another_shell_is_refused_with_those_there_are():
    told = CliRunner().invoke(commands, ["completion", "tcsh"])

    assert told.exit_code == 2
    assert "'bash', 'zsh', 'fish'" in told.output
