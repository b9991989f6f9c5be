"""The container file and the compose file, read as a strict linter of either would."""

import json
import re

import pytest
import yaml
from deploy.commands_of import understand

from mailer import settings

PINNED = re.compile(r"[\w./-]+:\d+\.\d+[\w.-]*")


@pytest.fixture(scope="session")
def steps(files):
    """The instructions of the container file with their words, line breaks undone."""
    text = re.sub(r"^#.*\n", "", (files / "Containerfile").read_text(), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line.strip()]


@pytest.fixture(scope="session")
def compose(files):
    return yaml.safe_load((files / "compose.yaml").read_text())


def of(steps, name):
    return [rest for instruction, rest in steps if instruction == name]


def test_every_image_is_named_with_its_version(steps, compose):
    images = [words.split()[0] for words in of(steps, "FROM")] + [
        compose["services"]["db"]["image"]
    ]

    assert [image for image in images if not PINNED.fullmatch(image)] == []


def test_packages_are_installed_by_their_hashes(steps):
    [locked] = [run for run in of(steps, "RUN") if "requirements.txt" in run]

    assert "--require-hashes" in locked
    assert all(
        "--no-cache-dir" in run for run in of(steps, "RUN") if "pip " in run and "install" in run
    )


def test_what_debian_brings_is_as_little_as_can_be(steps):
    [system] = [run for run in of(steps, "RUN") if "apt-get" in run]

    assert "--no-install-recommends" in system
    assert "rm -rf /var/lib/apt/lists/*" in system
    assert "apt-get update" in system


def test_it_runs_as_nobody_in_particular_and_is_looked_after(steps):
    assert of(steps, "USER") == ["10001"]
    assert len(of(steps, "HEALTHCHECK")) == 1
    assert of(steps, "ADD") == []
    # In the form of a list: a shell between would not pass the signal to stop on.
    assert all(json.loads(words) for name in ("CMD", "ENTRYPOINT") for words in of(steps, name))


def test_it_starts_a_command_that_exists(steps):
    assert of(steps, "ENTRYPOINT") == ['["mailer"]']
    [words] = of(steps, "CMD")
    assert understand(json.loads(words)).help


def test_no_secret_stands_in_either_file(steps, compose, root):
    known = settings.read(root / "config.py")
    secret = [name for name in known if re.search(r"KEY|PASSWORD|SECRET|TOKEN", name)]
    written = json.dumps([steps, compose])

    assert [name for name in secret if f"MAILER_{name}" in written] == []
    assert "${DB_PASSWORD:?" in written


def test_the_compose_file_names_settings_that_exist(compose, root):
    known = settings.read(root / "config.py")
    named = {name for one in compose["services"].values() for name in one["environment"]}
    ours = {name.removeprefix("MAILER_") for name in named if name.startswith("MAILER_")}

    assert ours
    assert ours - set(known) == set()


def test_it_runs_the_site_two_workers_and_postgresql(compose):
    services = compose["services"]

    assert set(services) == {"db", "migrate", "web", "worker"}
    assert services["worker"]["deploy"]["replicas"] == 2
    assert all(understand(services[name]["command"]).help for name in ("migrate", "web", "worker"))


def test_nothing_starts_on_tables_of_another_version(compose):
    waits = {name: one.get("depends_on", {}) for name, one in compose["services"].items()}

    assert waits["migrate"]["db"]["condition"] == "service_healthy"
    for name in ("web", "worker"):
        assert waits[name]["migrate"]["condition"] == "service_completed_successfully"


def test_what_it_writes_lies_in_volumes(compose):
    for name in ("migrate", "web", "worker"):
        one = compose["services"][name]
        assert one["read_only"] is True
        assert one["volumes"] == ["data:/data"]
        assert one["cap_drop"] == ["ALL"]


def test_the_site_answers_this_machine_alone(compose):
    assert compose["services"]["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert "ports" not in compose["services"]["db"]


def test_the_client_of_postgresql_is_as_new_as_the_server(steps, compose):
    """`pg_dump` refuses a newer server; Debian 12 brings that of 15."""
    assert compose["services"]["db"]["image"].startswith("postgres:15.")
    assert all("bookworm" in words for words in of(steps, "FROM"))
