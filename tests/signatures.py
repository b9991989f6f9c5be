"""Keys to sign with, and what another program says of the signatures: dkimpy, with its own DNS."""

from collections.abc import Iterable

import dkim
from flask import Flask

from mailer.clock import now
from mailer.mail import dkim_keys, dkim_record, relay
from mailer.mail.dkim import Key
from mailer.mail.dkim_keys import Kind


def start_signing(app: Flask) -> list[Key]:
    """Make a key of each kind, and start the application's carrier anew with them."""
    for selector, kind in (("s1", Kind.RSA), ("s2", Kind.ED25519)):
        dkim_keys.make(app.config, selector, kind, now())
    relay.install(app)
    return dkim_keys.signing(app.config)


def verdicts(content: bytes, keys: Iterable[Key]) -> list[bool]:
    """Whether each signature of the mail is good, from the top."""
    zone = {f"{dkim_record.name(key)}.": dkim_record.text(key) for key in keys}
    mail = dkim.DKIM(content)
    signed = [name for name, _ in mail.headers if name.lower() == b"dkim-signature"]
    return [_is_good(mail, index, zone) for index in range(len(signed))]


def _is_good(mail: dkim.DKIM, index: int, zone: dict[str, str]) -> bool:
    try:
        return mail.verify(index, dnsfunc=lambda name, timeout: zone[name.decode()])  # noqa: ARG005 - dkimpy names it
    except dkim.ValidationError:
        return False
