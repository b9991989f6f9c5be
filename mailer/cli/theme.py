"""`mailer theme check`: whether the folder of a theme may be offered to letters, by rule."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from mailer.cli.telling import AS_JSON, tell
from mailer.newsletters.themes import checking


@click.group()
def theme() -> None:
    """Themes of letters."""


@theme.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@AS_JSON
def check(folder: Path, as_json: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Accept the theme, or name each rule that it breaks, with the file and the line.

    Exits with 0 when it is accepted, with 1 when it is refused.
    """
    found = checking.refusals(folder.resolve())
    if as_json:
        told = {"theme": folder.resolve().name, "accepted": not found}
        tell(told | {"refusals": [asdict(each) for each in found]})
    else:
        for each in found:
            click.echo(str(each))
        click.echo(f"refused: {len(found)}" if found else "accepted")
    sys.exit(1 if found else 0)
