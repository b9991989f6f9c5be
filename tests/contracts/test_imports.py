"""Who may import whom: the contracts of setup.cfg, run as a test."""

import subprocess
import sys

COMMAND = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def test_imports_keep_to_the_contracts(root):
    # In a process of its own: in ours it would turn off every logger that exists.
    command = [sys.executable, "-c", COMMAND, "--no-cache"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert run.returncode == 0, run.stdout
