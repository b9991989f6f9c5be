"""Whether a command line of another file is one that `mailer` understands."""

import click

from mailer.cli import commands


def understand(words):
    """The command of these words; click's error for a command or an option that does not exist."""
    group, context = commands, click.Context(commands)
    while isinstance(group, click.Group):
        name, group, words = group.resolve_command(context, list(words))
        context = click.Context(group, parent=context, info_name=name)
    group.make_parser(context).parse_args(list(words))
    return group
