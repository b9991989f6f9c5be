"""Every command that the manual tells somebody to type exists, with its options."""

import shlex

import pytest
from deploy.commands_of import understand
from manual.blocks import lines

from mailer.manual import contents


def told():
    """The words after our name in each line of the manual that begins with it."""
    for language in ("fr", "en"):
        for page in contents.pages(language):
            for line in lines(page):
                words = shlex.split(line, comments=True)
                if words[:1] == ["mailer"]:
                    yield pytest.param(words[1:], id=f"{language}-{page.name}: {line}")


@pytest.mark.parametrize("words", list(told()))
def test_a_command_of_the_manual_exists(words):
    assert understand(words).help


def test_both_languages_tell_the_same_commands():
    fr, en = (
        {
            line
            for page in contents.pages(language)
            for line in lines(page)
            if line.startswith(("mailer", "make"))
        }
        for language in ("fr", "en")
    )

    assert fr == en
