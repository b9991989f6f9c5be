"""Every command tells what it does with an example that works, and how it ends."""

import re

import click
import pytest

from mailer.cli import commands
from mailer.cli.examples import EXAMPLES

EXAMPLE = re.compile(r"(?:^|[ \"|/])mailer ((?:[\w-]+ ?)[^\n|<>&]*)", re.MULTILINE)


def leaves(command, path=()):
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from leaves(below, (*path, name))
    else:
        yield " ".join(path), command


COMMANDS = dict(leaves(commands))


def shown(command):
    """The examples in the help of the command."""
    told = f"{command.help or ''}\n{command.epilog or ''}"
    _before, word, after = told.partition("xample" if "xample" in told else "XAMPLE")
    # A line may go on below.
    return EXAMPLE.findall(re.sub(r"\s*\n\s+--", " --", after)) if word else []


def is_of(line, name, command):
    """Whether the line calls that command, with options that it has and all that it must have."""
    options = [each for each in command.params if isinstance(each, click.Option)]
    known = {word for each in options for word in (*each.opts, *each.secondary_opts)}
    needed = {each.opts[0] for each in options if each.required}
    given = set(re.findall(r"(?<=\s)--[\w-]+", line))
    return f"{line} ".startswith(f"{name} ") and needed <= given <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_with_an_example_that_works(name):
    command = COMMANDS[name]

    assert (command.help or "").strip()
    assert any(is_of(line, name, command) for line in shown(command)), name


def test_no_example_is_of_a_command_that_is_gone_or_gives_its_own():
    ends = {name: command.epilog for name, command in COMMANDS.items()}
    wanted = {name: f"\b\nExamples:\n  {example}" for name, example in EXAMPLES.items()}

    assert wanted.items() - ends.items() == set()


def test_what_speaks_to_programs_is_written_down(root):
    told = (root / "docs/commands.md").read_text("utf-8")
    speaking = {
        name for name, each in COMMANDS.items() if any(p.name == "as_json" for p in each.params)
    }

    assert {name for name in speaking if f"`{name}`" not in told} == set()


def test_the_help_of_all_shows_the_five_that_an_administrator_types_first():
    first = shown(commands)

    assert len(first) == len(set(first)) == 5
    assert all(any(is_of(line, name, each) for name, each in COMMANDS.items()) for line in first)
