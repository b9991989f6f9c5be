"""Every command that the manual tells somebody to type exists, with its options."""

import re
import shlex

import pytest
from deploy.commands_of import understand

from mailer.manual import contents

BLOCK = re.compile(r"^```(?:sh|bash)?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def lines():
    """Each line of the manual that begins with our command."""
    for language in ("fr", "en"):
        for page in contents.pages(language):
            for block in BLOCK.findall(page.file.read_text()):
                for line in block.replace("\\\n", " ").splitlines():
                    words = shlex.split(line, comments=True)
                    if words[:1] == ["mailer"]:
                        yield pytest.param(words[1:], id=f"{language}-{page.name}: {line}")


@pytest.mark.parametrize("words", list(lines()))
def test_a_command_of_the_manual_exists(words):
    assert understand(words).help


def test_both_languages_tell_the_same_commands():
    def told(language):
        found = set()
        for page in contents.pages(language):
            for block in BLOCK.findall(page.file.read_text()):
                found |= {
                    line for line in block.splitlines() if line.startswith(("mailer", "make"))
                }
        return found

    assert told("fr") == told("en")
