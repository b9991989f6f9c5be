"""`mailer export`: the people on the lists as a file."""

import sys

import click

from mailer.cli.imports import list_of
from mailer.cli.opened import opened
from mailer.db import transaction
from mailer.errors import Invalid
from mailer.subscriptions import exports
from mailer.subscriptions.exports import SHORTEST_MOTIVE, Format, Shown, Wanted
from mailer.subscriptions.states import State


@click.command()
@click.option("--list", "slug", help="Only this list, by its short name.")
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only those.")
@click.option(
    "--format",
    "kind",
    type=click.Choice([kind.value for kind in Format]),
    default=Format.CSV.value,
    show_default=True,
    help="CSV is safe to open in a spreadsheet; JSON is exact.",
)
@click.option("--motive", required=True, help="What for; it is noted in the record.")
@click.option("--by", "name", required=True, help="Who takes the addresses away.")
def export(slug: str | None, state: str | None, kind: str, motive: str, name: str) -> None:
    """Write the people on the lists to the output, and who took them, and why, in the record.

    EXAMPLE: mailer export --list la-lettre --motive "Relevé annuel" --by "C. Morin" > lettre.csv
    """
    with opened():
        wanted = Wanted(
            motive, list_of(slug).id if slug else None, State(state) if state else None, Shown.WHOLE
        )
        try:
            with transaction():
                exports.begin(wanted, Format(kind), f"cli:{name}")
        except Invalid:
            raise click.ClickException(
                f"say what for, in at least {SHORTEST_MOTIVE} characters"
            ) from None
        for piece in exports.lines(wanted, Format(kind)):
            sys.stdout.write(piece)
