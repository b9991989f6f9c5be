"""The page of commands: each with its options, as the command line itself has them."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

from mailer.cli import commands
from reference.tables import table

FRENCH = tomllib.loads(
    (Path(__file__).parents[1] / "manual" / "commands.toml").read_text(encoding="utf-8")
)
HEADS = {
    "fr": (
        "# Les commandes\n\n"
        "Chaque commande dit son aide en anglais, avec un exemple : `mailer COMMANDE --help`.\n"
        "Elle finit par 0 quand tout va bien, par 1 quand quelque chose ne va pas, par 2 quand "
        "elle a été mal écrite, et par 75 quand il faut essayer plus tard.\n"
    ),
    "en": (
        "# Commands\n\n"
        "Each command has its help, with an example: `mailer COMMAND --help`.\n"
        "It ends with 0 when all is well, with 1 when something is wrong, with 2 when it was "
        "written wrongly, and with 75 when it should be tried later.\n"
    ),
}

OPTIONS = {"fr": "| Option | Ce qu’elle fait |", "en": "| Option | What it does |"}


def written(language: str) -> str:
    """The page of all commands."""
    return "\n".join([HEADS[language], *_each(commands, "mailer", language)])


def _each(group: click.Group, path: str, language: str) -> Iterator[str]:
    """A section for every command of the group, and of the groups within."""
    for name, command in sorted(group.commands.items()):
        if command.hidden:
            continue
        here = f"{path} {name}"
        level = "###" if " " in path else "##"
        yield f"{level} {here}\n\n{_said(_first(command.help), language)}\n"
        if isinstance(command, click.Group):
            yield from _each(command, here, language)
            continue
        yield f"```\n{_usage(command, here)}\n```\n"
        if rows := [_option(one, language) for one in command.params if _is_told(one)]:
            yield table(OPTIONS[language], rows)


def _first(text: str | None) -> str:
    """The first paragraph of a help, in one line."""
    return " ".join((text or "").split("\n\n")[0].split())


def _usage(command: click.Command, path: str) -> str:
    context = click.Context(command, info_name=path)
    return " ".join([path, *command.collect_usage_pieces(context)])


def _is_told(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Option) and bool(parameter.help) and not parameter.hidden


def _option(one: click.Option, language: str) -> str:
    default = f" (`{one.default}`)" if one.show_default and one.default is not None else ""
    return f"| `{', '.join(one.opts)}` | {_said(one.help or '', language)}{default} |"


def _said(sentence: str, language: str) -> str:
    """The sentence in that language; KeyError for one that docs/manual/commands.toml lacks."""
    return str(FRENCH[sentence]) if language == "fr" else sentence
