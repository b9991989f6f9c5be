"""The site in this process, on a port of its own, so that a test may set its clock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from demonstration import free_port
from flask import Flask
from waitress.server import create_server

from mailer.accounts import operations as accounts
from mailer.clock import now
from mailer.db import transaction
from mailer.mail import jobs
from mailer.mail.relay import KEY
from mailer.mail.relays import Relay
from mailer.mail.transports.mailbox import Mailbox
from mailer.mail.transports.receiver import LOOPBACK, Receiver
from mailer.mail.transports.smtp import Smtp

PASSPHRASE = "sept phares et une marée"
MAILS_AT_MOST = 100


@dataclass
class Site:
    """The application, where it answers, and the mailbox that its mails go to."""

    app: Flask
    url: str
    mailbox: Mailbox

    def officer(self, email: str, name: str) -> tuple[str, str]:
        """A new data-protection officer: their address and passphrase."""
        with transaction():
            accounts.create(email, name, PASSPHRASE, ["dpo"], now())
        return email, PASSPHRASE

    def mails_to(self, address: str) -> list[EmailMessage]:
        """The mails to the address once the worker has done its turn, newest first."""
        # The thread of the browser can run no other event loop.
        in_thread = threading.Thread(target=self._work)
        in_thread.start()
        in_thread.join()
        mails = (mail.message for mail in self.mailbox.newest(MAILS_AT_MOST))
        return [mail for mail in mails if address in str(mail["To"])]

    def next_mail(self, address: str, known: int = 0) -> EmailMessage:
        """The newest mail to the address, which has more than `known` of them."""
        mails = self.mails_to(address)
        assert len(mails) > known, "no mail left"
        return mails[0]

    def _work(self) -> None:
        with self.app.app_context():
            jobs.send_outbox()


@contextmanager
def serving(app: Flask, folder: Path) -> Iterator[Site]:
    """Serve the application, and take its mails, while the block lasts."""
    mailbox, smtp_port = Mailbox(folder / "mailbox"), free_port()
    receiver = Receiver(mailbox, smtp_port)
    server = create_server(app, host=LOOPBACK, port=0, threads=4)
    url = f"http://{LOOPBACK}:{server.effective_port}"
    app.config |= {"BASE_URL": url, "POSTS_A_MINUTE": 1000, "POSTS_AN_HOUR": 1000}
    app.extensions[KEY] = Smtp(Relay("principal", LOOPBACK, smtp_port, connections=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield Site(app, url, mailbox)
    server.close()
    thread.join(10)
    receiver.stop()
