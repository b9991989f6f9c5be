import os
import shutil
import subprocess
from pathlib import Path

import pytest

PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"


@pytest.fixture(scope="session")
def root():
    return Path(__file__).parents[2]


@pytest.fixture(scope="session")
def files(root):
    """The folder of what runs the program elsewhere."""
    return root / "docs" / "deploy"


@pytest.fixture(scope="session")
def start():
    """`start("nginx", …)`: a program of the system; without it the test is left out."""

    def begin(name, *words):
        found = shutil.which(name, path=PLACES)
        if found is None:
            pytest.skip(f"{name} is not installed")
        return subprocess.Popen(  # noqa: S603 - a program that the test names
            [found, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    return begin


@pytest.fixture(scope="session")
def run(start):
    """`run("nginx", "-t")`: its status and what it said, once it has ended."""

    def end(name, *words):
        process = start(name, *words)
        said, _ = process.communicate(timeout=60)
        return process.returncode, said

    return end
