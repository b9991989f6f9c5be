"""The `mailer` command, one file per group."""

import os

import click

from mailer.cli.account import account
from mailer.cli.account_keys import key
from mailer.cli.audit import audit
from mailer.cli.backup import backup, restore
from mailer.cli.bench import bench
from mailer.cli.bench_bodies import bodies
from mailer.cli.bench_enumeration import enumeration
from mailer.cli.bench_restore import restore as measured_restore
from mailer.cli.bounces import bounces
from mailer.cli.completion import completion
from mailer.cli.config import config
from mailer.cli.data_map import data_map
from mailer.cli.demo import demo
from mailer.cli.dkim import dkim
from mailer.cli.docs import docs
from mailer.cli.doctor import doctor
from mailer.cli.examples import show
from mailer.cli.exports import export
from mailer.cli.imports import import_
from mailer.cli.ledger import ledger
from mailer.cli.migrate import migrate
from mailer.cli.move_in import move_in
from mailer.cli.notice import notice
from mailer.cli.purge import purge
from mailer.cli.register import register
from mailer.cli.theme import theme
from mailer.cli.up import up
from mailer.cli.web import web
from mailer.cli.worker import worker
from mailer.settings import BadSetting, complain


@click.group(
    epilog="""\b
Examples:
  mailer config check
  mailer migrate
  mailer account create maud@exemple.fr --name "Maud Hautmesnil" --role admin
  mailer up
  mailer doctor
"""
)
def commands() -> None:
    """Newsletters, and the rights of the people who receive them."""


account.add_command(key)
bench.add_command(bodies)
bench.add_command(enumeration)
bench.add_command(measured_restore)

for command in (
    account,
    audit,
    backup,
    bench,
    bounces,
    completion,
    config,
    data_map,
    demo,
    dkim,
    docs,
    doctor,
    export,
    import_,
    ledger,
    migrate,
    move_in,
    notice,
    purge,
    register,
    restore,
    theme,
    up,
    web,
    worker,
):
    commands.add_command(command)
show(commands)


def main() -> None:
    """Run the command; a setting that cannot be used is named, and nothing starts."""
    # What it writes holds addresses and requests: it is for the user who runs it alone.
    os.umask(0o077)
    try:
        commands(prog_name="mailer")
    except BadSetting as error:
        complain(error)
