"""The commands of the manual's how-to pages, typed one after the other in one office."""

import shlex

from click.testing import CliRunner
from manual.blocks import lines

from mailer.app import create_app
from mailer.cli import commands
from mailer.db import transaction
from mailer.manual import contents
from mailer.subscriptions import operations
from mailer.subscriptions.lists import ListData

PASSPHRASE = "sept phares et une marée\n"
# What cannot be typed here, and where it is.
ELSEWHERE = {
    "mailer up": "it serves until it is stopped: tests/cli",
    "mailer config check": "the settings of an example are no office's: tests/configuration",
    "mailer doctor": "it looks at the world: tests/doctor",
    "mailer move-in": "it wants the exports of others: tests/move_in, tests/flows/test_newcomer.py",
    "mailer notice file": "likewise",
    "mailer migrate --from-sqlite": "it wants PostgreSQL: tests/upgrades",
}


def told():
    """Each command once, in the order of the pages."""
    pages = [page for page in contents.pages("fr") if page.part == "do"]
    every = (line for page in pages for line in lines(page))
    return list(dict.fromkeys(line for line in every if line.startswith("mailer ")))


def typed(line, folder):
    """What the command answers, on the data of that folder."""
    settings = {"MAILER_DATA_FOLDER": str(folder)}
    return CliRunner().invoke(commands, shlex.split(line)[1:], input=2 * PASSPHRASE, env=settings)


def test_each_command_of_the_how_to_pages_does_its_work(tmp_path):
    data, place, file = (tmp_path / each for each in ("data", "sauvegardes", "adresses.csv"))
    file.write_text("adresse\nzoe@exemple.fr\n")
    typed("mailer migrate", data)
    with create_app({"DATA_FOLDER": str(data)}).app_context(), transaction():
        operations.create_list(ListData("La lettre", "Le port", "Une fois par mois"), "operator")

    for line in told():
        if line.startswith(tuple(ELSEWHERE)):
            continue
        here = line.replace("/srv/sauvegardes", str(place)).replace(file.name, str(file))
        if line.startswith("mailer restore"):
            here = f"mailer restore {max(place.iterdir())}"
        said = typed(here, data)
        assert said.exit_code == 0, f"{line}\n{said.output}"


def test_every_exception_is_a_command_of_the_manual():
    assert [each for each in ELSEWHERE if not any(line.startswith(each) for line in told())] == []
