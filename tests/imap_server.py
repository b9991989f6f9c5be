"""A real IMAP server, Dovecot, on the loopback, with a folder that goes when it stops."""

import grp
import imaplib
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from mail.certificate import write_certificate

from mailer.clock import now
from mailer.mail.imap import Mailbox

LOOPBACK = "127.0.0.1"
PASSWORD = "marée-haute"
# Of Debian, outside the path of those who are not root.
PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
VERSION = "2.3"

CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
mail_location = maildir:{folder}/mail/%u
mail_uid = {mail}
mail_gid = {mail_group}
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 0
ssl = yes
ssl_cert = <{chain}
ssl_key = <{key}
ssl_dh =
disable_plaintext_auth = yes
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
auth_failure_delay = 0
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail} gid={mail_group} home={folder}/mail/%u
}}
"""


@dataclass(frozen=True)
class Server:
    """Any name is an account there; all have one password."""

    port: int
    tls_port: int
    certificates: str

    def mailbox(self, user: str, **more: object) -> Mailbox:
        """The mailbox of that account, as the program would read it."""
        options = {"port": self.port, "security": "plain", "password": PASSWORD} | more
        return Mailbox(host="localhost", user=user, **options)

    @contextmanager
    def client(self, user: str, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """A mail program of the account's owner, the folder open."""
        with imaplib.IMAP4(LOOPBACK, self.port) as client:
            client.authenticate("PLAIN", lambda _: f"\0{user}\0{PASSWORD}".encode())
            client.create(folder)
            client.select(folder)
            yield client

    def deliver(
        self, user: str, content: bytes, at: datetime | None = None, folder: str = "INBOX"
    ) -> None:
        """Let the mail have come to the mailbox at that instant."""
        with self.client(user, folder) as client:
            arrived = imaplib.Time2Internaldate(at or now())
            kind, said = client.append(folder, None, arrived, re.sub(rb"\r?\n", b"\r\n", content))
            assert kind == "OK", said

    def flags(self, user: str, folder: str = "INBOX") -> list[bytes]:
        """What each mail of the folder is flagged as."""
        with self.client(user, folder) as client:
            return [flags for flags in client.uid("FETCH", "1:*", "(FLAGS)")[1] if flags]


def absent() -> str:
    """Why no server can be started here; empty when one can."""
    if PROGRAM is None:
        return "no Dovecot was found: apt-get install dovecot-imapd"
    said = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 - the program found above
    if not said.stdout.startswith(VERSION):
        return f"the test server is configured for Dovecot {VERSION}"
    return ""


@contextmanager
def running() -> Iterator[Server]:
    """A server while the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="mailer-imap-"))
    folder.chmod(0o755)
    made = write_certificate(folder, "localhost", now(), timedelta(days=1))
    server = Server(_free_port(), _free_port(), made.chain)
    (folder / "mail").mkdir()
    users = _users(folder / "mail")
    text = CONFIGURATION.format(
        folder=folder, port=server.port, tls_port=server.tls_port, password=PASSWORD,
        chain=made.chain, key=made.key, **users,
    )  # fmt: skip
    (folder / "dovecot.conf").write_text(text)
    process = subprocess.Popen([PROGRAM, "-F", "-c", folder / "dovecot.conf"])  # noqa: S603 - as above
    try:
        _wait(server.port, folder / "log")
        yield server
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)


def _users(mail: Path) -> dict[str, str]:
    """As whom its parts run: as root it insists on others, else all of them are ourselves."""
    own = pwd.getpwuid(os.getuid())
    login, internal, owner = own.pw_name, own.pw_name, own
    if own.pw_uid == 0:
        login, internal, owner = "dovenull", "dovecot", pwd.getpwnam("nobody")
        os.chown(mail, owner.pw_uid, owner.pw_gid)
    group = grp.getgrgid(pwd.getpwnam(internal).pw_gid).gr_name
    return {
        "login": login,
        "internal": internal,
        "internal_group": group,
        "mail": owner.pw_name,
        "mail_group": str(owner.pw_gid),
    }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        return found.getsockname()[1]


def _wait(port: int, log: Path) -> None:
    for _ in range(100):
        try:
            with socket.create_connection((LOOPBACK, port), 1):
                return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise RuntimeError(log.read_text() if log.exists() else "Dovecot did not start")
