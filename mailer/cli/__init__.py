"""The `mailer` command."""

import click


@click.group()
def main() -> None:
    """Newsletters, and the rights of the people who receive them."""
