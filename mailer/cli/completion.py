"""`mailer completion`: the lines that let a shell complete our commands and options."""

import click
from click.shell_completion import get_completion_class

VARIABLE = "_MAILER_COMPLETE"
SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what completes mailer in that shell, to be read at its start."""
    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 - click knows the three
    click.echo(found(context.find_root().command, {}, "mailer", VARIABLE).source())
