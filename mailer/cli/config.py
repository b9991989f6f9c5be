"""`mailer config`: where each setting comes from, and whether mailer can start with them."""

import os
import sys
from dataclasses import asdict
from itertools import groupby

import click

from mailer import settings
from mailer.cli.telling import AS_JSON, tell
from mailer.configuration import faults
from mailer.configuration.survey import Setting, survey
from mailer.settings import Fault


@click.group()
def config() -> None:
    """The settings: what each is, where it comes from, what is wrong."""


@config.command(
    epilog="""\b
Examples:
  mailer config show
  mailer config show --json | jq '.[] | select(.is_changed)'
"""
)
@AS_JSON
def show(as_json: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Every setting, its value, and the file or the variable that gave it.

    Of a secret, only whether it is defined. Ends with 0; with 1 when a file cannot be read.
    """
    values, _wrong = settings.gather(os.environ)
    found = survey(values)
    if as_json:
        tell([asdict(each) for each in found])
        return
    for group, members in groupby(found, lambda each: each.group):
        click.echo(f"\n# {group}")
        for each in members:
            click.echo(f"{each.name} = {_value(each)}  # {each.origin}")


def _value(each: Setting) -> str:
    if each.is_secret:
        return "(defined)" if each.is_set else "(absent)"
    return repr(each.value)


@config.command(
    epilog="""\b
Examples:
  mailer config check && systemctl restart mailer
  MAILER_CONFIG=/etc/mailer/config.py mailer config check --json
"""
)
@AS_JSON
def check(as_json: bool) -> None:  # noqa: FBT001 - click passes a flag as a bool
    """Whether mailer can start with the settings; every fault with its cure.

    Reads and changes nothing else. Ends with 0 when all is well, with 1 when something is wrong.
    """
    found = faults.every(os.environ)
    if as_json:
        tell([_told(each) for each in found])
    else:
        for each in found:
            click.echo(f"✗ {each.said}.\n  → {each.cure or 'see config.py'}.")
        click.echo(f"{len(found)} to mend." if found else "✓ The settings can be used.")
    sys.exit(1 if found else 0)


def _told(each: Fault) -> dict[str, str]:
    return {"setting": each.setting, "fault": each.said, "cure": each.cure}
