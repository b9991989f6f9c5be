"""What is built is what lies here: a wheel runs wherever the checkout runs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
LEFT_BEHIND = shutil.ignore_patterns(
    ".git",
    ".venv",
    ".*_cache",
    "__pycache__",
    "*.egg-info",
    "build",
    "dist",
    "instance",
    "tests",
)
FOLDERS = {
    "mailer": "mailer",
    "templates": "mailer/templates",
    "migrations": "mailer/migrations",
    "docs/manual": "mailer/handbook",
    "docs/images": "mailer/pictures",
}
NOT_SHIPPED = {".mako", ".pyc"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names of the files in a wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "source", ignore=LEFT_BEHIND)
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", folder, folder / "source"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return set(ZipFile(built).namelist())


@pytest.mark.parametrize("outer", FOLDERS)
def test_every_file_of_the_folder_is_in_the_wheel(wheel, outer):
    found = {
        f"{FOLDERS[outer]}/{path.relative_to(ROOT / outer).as_posix()}"
        for path in (ROOT / outer).rglob("*")
        if path.is_file() and path.suffix not in NOT_SHIPPED
    }
    assert found - wheel == set()


def test_nothing_of_the_checkout_is_in_the_wheel_but_what_runs(wheel):
    about = re.compile(r"mailer-[^/]+\.(?:dist-info|data)/")
    inside = {name for name in wheel if not about.match(name)}

    assert {name.partition("/")[0] for name in inside} == {"mailer"}
    strange = re.compile(r"/(?:\.(?!head$)|tests?/|conftest|test_)")
    assert {name for name in inside if strange.search(name)} == set()


def test_the_settings_are_data_and_no_module(wheel):
    assert "config.py" not in wheel
    assert any(name.endswith(".data/data/share/mailer/config.py") for name in wheel)
