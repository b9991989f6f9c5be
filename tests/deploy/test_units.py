"""The units of systemd: understood by it, closed as far as they can be, and calling what exists."""

import configparser
import re
import sys

import click
import pytest
from deploy.commands_of import understand

from mailer.cli.serving import WORKER_STOPS_WITHIN_SECONDS

SERVICES = ("mailer.service", "mailer-worker@.service", "mailer-backup.service")
# systemd rates from 0 to 10; below 2 is its "OK", and above 4 it warns.
HIGHEST_EXPOSURE = 2.0


@pytest.fixture
def installed(files, tmp_path):
    """`installed(name)`: the unit as on a machine where the program is, in a folder of its own."""

    def put(name):
        for file in files.glob("mailer*.*"):
            text = file.read_text().replace("/opt/mailer/bin/mailer", sys.executable)
            (tmp_path / file.name).write_text(text)
        return str(tmp_path / name.replace("@", "@1"))

    return put


def read(file):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read_string(file.read_text())
    return unit


@pytest.mark.parametrize("name", [*SERVICES, "mailer-backup.timer"])
def test_systemd_finds_no_fault_in_a_unit(name, installed, run):
    status, said = run("systemd-analyze", "verify", "--man=no", installed(name))

    assert [line for line in said.splitlines() if "mailer" in line] == []
    assert status == 0, said


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_closed_to_what_it_does_not_need(name, installed, run):
    _, said = run("systemd-analyze", "security", "--offline=true", "--no-pager", installed(name))

    [level] = re.findall(r"exposure level for \S+: ([\d.]+)", said)
    assert float(level) < HIGHEST_EXPOSURE


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_runs_a_command_that_exists(name, files):
    words = read(files / name)["Service"]["ExecStart"].split()

    assert words[0] == "/opt/mailer/bin/mailer"
    assert understand(words[1:]).help


def test_a_command_that_does_not_exist_would_be_seen():
    with pytest.raises(click.UsageError):
        understand(["up", "--prot", "8000"])


@pytest.mark.parametrize("name", ["mailer.service", "mailer-worker@.service"])
def test_systemd_waits_longer_than_a_worker_takes_to_finish(name, files):
    service = read(files / name)["Service"]

    assert int(service["TimeoutStopSec"]) > WORKER_STOPS_WITHIN_SECONDS
    # A second signal would cut short what the first lets finish.
    assert service["KillMode"] == "mixed"
