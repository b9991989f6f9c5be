"""The HTML of each theme, as html-validate and the Nu checker (vnu) judge it."""

import json
import re
import shutil
import subprocess

import pytest
from mail.parsers.programs import packages
from newsletters.themed import THEMES, whole

from mailer.newsletters.render import render

# What mail clients need and HTML does not know: Outlook's namespace and its own property, the
# older name of `color-scheme` that Apple Mail reads.
NEEDED = re.compile(r"xmlns:[ov]|mso-[a-z]+|supported-color-schemes")
# Layout in tables, as Outlook wants it, is made of attributes that HTML calls obsolete.
RULES = {
    "root": True,
    "extends": ["html-validate:standard"],
    "rules": {"no-deprecated-attr": "off"},
}


@pytest.fixture
def letter(tmp_path):
    """`letter("estran")`: the file of a letter with every type of block, in that theme."""

    def written(theme):
        path = tmp_path / f"{theme}.html"
        path.write_text(render(whole(theme)).html, encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize("theme", THEMES)
def test_html_validate_finds_no_fault(letter, theme, tmp_path):
    program = packages() / "node_modules/.bin/html-validate"
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(RULES), encoding="utf-8")

    told = answer([program, "--formatter", "json", letter(theme)], tmp_path)

    assert [each["message"] for report in told for each in report["messages"]] == []


@pytest.mark.parametrize("theme", THEMES)
def test_the_nu_checker_finds_no_fault(letter, theme, tmp_path):
    java = shutil.which("java")
    if java is None:
        pytest.skip("the Nu checker needs Java, which is not installed")
    program = packages() / "node_modules/vnu-jar/build/dist/vnu.jar"

    told = answer([java, "-jar", program, "--format", "json", "--stdout", letter(theme)], tmp_path)

    errors = [each["message"] for each in told["messages"] if each["type"] == "error"]
    assert [message for message in errors if not NEEDED.search(message)] == []


def answer(command, folder):
    """What the program said: through a file, for one of them ends before a pipe is empty."""
    said = folder / "said.json"
    with said.open("w") as out:
        subprocess.run(command, check=False, stdout=out, cwd=folder, timeout=100)  # noqa: S603 - the validators
    return json.loads(said.read_text(encoding="utf-8"))
