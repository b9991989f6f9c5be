"""What a command says to a program: one JSON document, for `--json`."""

import json

import click

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Tell it as JSON.")


def tell(found: object) -> None:
    """Print it; dates are as ISO 8601 writes them."""
    click.echo(json.dumps(found, indent=2, ensure_ascii=False, default=str))
