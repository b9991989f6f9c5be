"""`mailer bench signatures`: how long a mail takes to sign, by each kind of key."""

import time
from collections.abc import Callable
from functools import partial

import click
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from mailer.clock import now
from mailer.mail import dkim
from mailer.mail.dkim import Key
from mailer.mail.dkim_keys import RSA_BITS
from mailer.mail.message import Message
from mailer.newsletters import quoted

ROUNDS, TIMES = 10, 50
LINE = "  <p>La lanterne, restaurée par les ateliers du port, éclaire la baie.</p>\n"


@click.command()
@click.option("--kilobytes", default=60, show_default=True, help="What a mail weighs.")
def signatures(kilobytes: int) -> None:
    """Sign one mail again and again: as a letter is written, and as any mail may be."""
    letter, other = written(kilobytes * 1000)
    click.echo(f"mail             {len(letter):,} bytes")
    for key in keys():
        took = [
            quickest(partial(dkim.signed_as_it_is, letter, [key], now())),
            quickest(partial(dkim.signed, other, [key], now())),
            quickest(partial(key.seal, b"x" * 1000)),
        ]
        ours, any_mail, alone = (f"{seconds * 1e6:.0f} µs" for seconds in took)
        click.echo(f"{key.algorithm:<17}{ours} a letter, {any_mail} another, {alone} of the key")


def keys() -> list[Key]:
    """One of each kind, kept nowhere."""
    return [
        Key("exemple.fr", "rsa", rsa.generate_private_key(65537, RSA_BITS)),
        Key("exemple.fr", "ed25519", ed25519.Ed25519PrivateKey.generate()),
    ]


def written(size: int) -> tuple[bytes, bytes]:
    """A mail of that size with a body in its relaxed form, and one with many spaces to shrink."""
    mail = Message(
        sender="Agence de l’Estran <lettre@exemple.fr>",
        recipient="p1@exemple.fr",
        subject="Le phare rouvre, la baie hisse les voiles",
        text="",
        html=LINE * (size // len(quoted.encode(LINE))),
        message_id="<1@exemple.fr>",
        date=now(),
        return_path="rebond@rebond.exemple.fr",
    ).to_bytes()
    head, end, body = mail.partition(b"\r\n\r\n")
    return head + end + dkim.relaxed_body(body), mail


def quickest(work: Callable[[], bytes]) -> float:
    """Seconds of this process that it takes; of many rounds the one that nobody disturbed."""
    spans = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(TIMES):
            work()
        spans.append(time.process_time() - began)
    return min(spans) / TIMES
