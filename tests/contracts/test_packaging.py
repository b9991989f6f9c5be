"""What setup.cfg says about the package is what lies in the folders."""

import re
from configparser import ConfigParser

import pytest


@pytest.fixture
def options(root):
    parser = ConfigParser()
    parser.read(root / "setup.cfg", encoding="utf-8")
    return parser


def test_setup_cfg_lists_every_package(options, root):
    listed = set(options["options"]["packages"].split())

    found = {
        ".".join(path.parent.relative_to(root).parts)
        for path in (root / "mailer").rglob("__init__.py")
    }
    outer = {
        "mailer.templates",
        "mailer.migrations",
        "mailer.migrations.versions",
        "mailer.handbook",
        "mailer.pictures",
    }
    assert listed == found | outer


def test_every_dependency_has_its_reason(options, root):
    asked = options["options"]["install_requires"] + options["options.extras_require"]["dev"]
    names = set(re.findall(r"^[\w-]+", asked, re.MULTILINE))

    told = set(
        re.findall(r"^\| ([\w-]+) \|", (root / "docs/dependencies.md").read_text(), re.MULTILINE)
    )
    assert names - told == set()


def test_the_releases_of_the_document_are_those_of_the_lock(root):
    locks = [(root / name).read_text() for name in ("requirements.txt", "requirements-dev.txt")]
    locked = dict(re.findall(r"^([\w-]+)==([\w.]+)", "".join(locks), re.MULTILINE))
    table = re.compile(r"^\| ([\w-]+) \|.*\| ([\d.]+)[^|]* \|$", re.MULTILINE)
    told = dict(table.findall((root / "docs/dependencies.md").read_text()))

    assert len(told) > 20
    # Stubs of types have the day of their making behind it.
    assert {
        name: release
        for name, release in told.items()
        if name in locked and not f"{locked[name]}.".startswith(f"{release}.")
    } == {}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_installed_is_known_by_its_hash(root, name):
    """So that pip takes nothing else: one line without a hash, and it looks at all of them."""
    text = (root / name).read_text().replace("\\\n", " ")
    locked = [line for line in text.splitlines() if re.match(r"\w", line)]

    assert len(locked) > 20
    assert [each for each in locked if "==" not in each or "--hash=sha256:" not in each] == []


def test_every_kind_of_file_in_the_package_is_in_the_wheel(options, root):
    patterns = options["options.package_data"]["mailer"].split(", ")
    package = root / "mailer"
    shipped = {path for pattern in patterns for path in package.glob(pattern)}

    left = {
        str(path.relative_to(package))
        for path in package.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and path not in shipped
    }
    assert left == set()
