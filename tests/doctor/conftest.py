"""An installation where all is well, and the world around it."""

import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from doctor.world import Zone, answering, clock_that_is, encrypted, website
from mail import fault_server
from mail.certificate import write_certificate
from mail.fault_server import FaultServer
from mail.listening import LOOPBACK

from mailer.cli import commands
from mailer.clock import now
from mailer.db import transaction
from mailer.mail import dkim_keys, dkim_record
from mailer.worker import beats

ADDRESS = "192.0.2.10"
LOCAL = "/dev/sda1 / ext4 rw 0 0\n"


@dataclass
class Office:
    """Its settings, and what the doctor meets when it asks."""

    folder: Path
    zone: Zone
    settings: dict[str, str]
    relays: list[dict[str, object]] = field(default_factory=list)
    fast: int = 0
    seconds: float = 20

    def relay(self, name: str, port: int, **more: object) -> None:
        found = {"name": name, "host": LOOPBACK, "port": port, "security": "plain"}
        self.relays.append(found | more)

    def ask(self, *words):
        """What the doctor says."""
        relays = {"MAILER_SMTP_RELAYS": json.dumps(self.relays)} if self.relays else {}
        with answering(self.zone.answer) as dns, answering(clock_that_is(self.fast)) as ntp:
            given = ("--dns", f"{LOOPBACK}:{dns}", "--ntp", f"{LOOPBACK}:{ntp}")
            places = ("--mounts", str(self.folder / "mounts"), "--seconds", str(self.seconds))
            return CliRunner().invoke(
                commands, ["doctor", *given, *places, *words], env=self.settings | relays
            )

    def faults(self) -> dict[str, str]:
        """What is wrong with its cure, by the name of the check and the first word of the fault."""
        return {
            f"{each['check']}: {each['said'].split()[0]}": f"{each['said']} → {each['cure']}"
            for each in json.loads(self.ask("--json").stdout)["findings"]
            if each["state"] == "fault"
        }

    def sign(self, config, folder: str = "") -> None:
        """Publish a new key, of which the private half is in that folder."""
        kept = dkim_keys.make({**config, "DKIM_FOLDER": folder}, "s1", KIND, now())
        self.zone.text(dkim_record.name(kept.key), dkim_record.text(kept.key))


KIND = dkim_keys.Kind.ED25519


@pytest.fixture
def served():
    """`served(context)`: what the context gives, until the test ends."""
    with ExitStack() as stack:
        yield stack.enter_context


@pytest.fixture
def office(app, tmp_path, served):
    """An installation where all is well."""
    shown = write_certificate(tmp_path, "localhost", now(), timedelta(days=1))
    (tmp_path / "mounts").write_text(LOCAL)
    settings = {
        "MAILER_DATABASE_URL": app.config["DATABASE_URL"],
        "MAILER_DATA_FOLDER": str(tmp_path),
        "MAILER_BASE_URL": f"https://localhost:{served(encrypted(website(), shown))}",
        "SSL_CERT_FILE": shown.chain,
    }
    found = Office(tmp_path, Zone(), settings)
    found.sign(app.config)
    found.zone.add("lettre.exemple.fr", "A", ADDRESS)
    found.zone.add("10.2.0.192.in-addr.arpa", "PTR", "lettre.exemple.fr.")
    found.zone.add("rebond.exemple.fr", "MX", "10 lettre.exemple.fr.")
    found.zone.text("rebond.exemple.fr", f"v=spf1 ip4:{ADDRESS} -all")
    found.zone.text("_dmarc.exemple.fr", "v=DMARC1; p=none; rua=mailto:securite@exemple.fr")
    found.relay("good", served(fault_server.serving(FaultServer())).port)
    with transaction():
        beats.beat(beats.identity(now()), (), now())
    return found
