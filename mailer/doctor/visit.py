"""All that is looked at, in the order in which it is told."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from mailer.backups import taking
from mailer.bounces import mailbox as returns
from mailer.configuration import faults
from mailer.db import db
from mailer.doctor import backups, machine, mailboxes, records, relaying, site, storage
from mailer.doctor.examination import Check
from mailer.doctor.finding import Finding, fault, good, note
from mailer.doctor.names import Names, UnknownNameError
from mailer.mail import relay, watched
from mailer.mail.imap import Mailbox
from mailer.mail.relays import Relay


@dataclass(frozen=True)
class World:
    """What is asked outside this program: names, the time, the mounts of the machine."""

    names: Names
    time: tuple[str, int]
    mounts: Path
    # For a relay or the site to answer.
    seconds: float


def settings(environ: Mapping[str, str]) -> Iterator[Finding]:
    """What keeps mailer from starting; without that nothing else can be looked at."""
    found = faults.every(environ)
    for each in found:
        yield fault("settings", each.said, each.cure or "see config.py")
    if not found:
        yield good("settings", "the settings can be used")


def checks(app: Flask, world: World) -> dict[str, Check]:
    """The checks of a machine that starts, by name."""
    with app.app_context():
        relays = list(relay.relays().values())
        watched_boxes, returned = watched.mailboxes(), returns.configured()
    config, names = app.config, world.names
    folder, host = Path(config["DATA_FOLDER"]), records.host_of(config)
    sender = f"rebond@{config['RETURN_PATH_DOMAIN']}"
    found: dict[str, Check] = {
        "disk": lambda: machine.disk(folder),
        "data folder": lambda: machine.data_folder(folder),
        "file system": lambda: machine.file_system(folder, config, world.mounts),
        "keys": lambda: machine.keys(folder),
        "backups": lambda: backups.backups(taking.place_of(config)),
        "clock": lambda: machine.clock(world.time),
        "database": lambda: _within(app, storage.storage),
        "BASE_URL": lambda: site.site(config["BASE_URL"], world.seconds),
    }
    for each in relays:
        found[f"relay {each.name}"] = _relay(each, sender, world.seconds)
    asked: dict[str, Check] = {
        "SPF": lambda: records.sender_policy(config["RETURN_PATH_DOMAIN"], names, relays, host),
        "DKIM": lambda: records.signatures(config, names),
        "DMARC": lambda: records.forgeries(config, names),
        "returns": lambda: records.returns(config, names),
        "reverse DNS": lambda: records.reverse(relays, host, names),
    }
    found |= {name: _of_names(name, check) for name, check in asked.items()}
    if returned:
        protocol = config["BOUNCE_MAILBOX_PROTOCOL"]
        found["bounce mailbox"] = _box("bounce mailbox", returned, protocol, "BOUNCE_MAILBOX_")
    for number, box in enumerate(watched_boxes, 1):
        found[f"mailbox {number}"] = _box(f"mailbox {number}", box, "imap", "IMAP_")
    return found


def _relay(to: Relay, sender: str, seconds: float) -> Check:
    return lambda: relaying.relay(to, sender, seconds)


def _box(check: str, box: Mailbox, protocol: str, prefix: str) -> Check:
    return lambda: mailboxes.mailbox(check, box, protocol, prefix)


def _within(app: Flask, check: Check) -> Iterable[Finding]:
    """The check with the database, which is let go at its end."""
    with app.app_context():
        try:
            return list(check())
        finally:
            db.session.remove()


def _of_names(name: str, check: Check) -> Callable[[], list[Finding]]:
    """The check; when no server of names answers, that is what it says."""

    def asked() -> list[Finding]:
        try:
            return list(check())
        except UnknownNameError as error:
            said = f"no server of names answers ({error})"
            return [note(name, said, "see /etc/resolv.conf, or ask another one with --dns")]

    return asked
