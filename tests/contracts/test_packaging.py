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
