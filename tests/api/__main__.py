"""`make api-check`: ten thousand requests by each of three seeds, on SQLite.

usage: python -m api [CASES [SEED…]]
"""

import sys
import tempfile
import time
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

import click
from api import office
from api.conformance import examine
from databases import SETTINGS, SQLite

from mailer.app import create_app

CASES, SEEDS = 10_000, (1, 2, 3)


def main(cases, seeds):
    wrong = 0
    for seed in seeds:
        found, seconds = once(cases, seed)
        wrong += len(found.failures)
        click.echo(f"seed {seed}: {found.cases} requests in {seconds:.0f} s")
        for place, statuses in sorted(found.statuses.items()):
            click.echo(f"  {place}: {dict(sorted(statuses.items()))}")
        for (place, kind, words), (command, answer) in found.failures.items():
            click.echo(f"\n{kind} at {place}: {words}\n  {command}\n  {answer}")
    return wrong


def once(cases, seed):
    """One seed on a database of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = create_app(
            SETTINGS
            | {"DATABASE_URL": SQLite(folder).fresh(folder), "DATA_FOLDER": name}
            | {"API_REQUESTS_A_MINUTE": 1_000_000}
        )
        with app.app_context():
            secret = office.whole()
        began = time.monotonic()
        # A line for each request would hide what is wrong.
        with redirect_stderr(StringIO()):
            found = examine(app, secret, cases, seed)
        return found, time.monotonic() - began


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(min(main(given[0] if given else CASES, given[1:] or SEEDS), 1))
