"""The opening of a session: greeting, EHLO, encryption, login (RFC 5321, 3207, 4954)."""

import asyncio
import ssl
from base64 import b64encode
from dataclasses import dataclass

from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.relays import Relay
from mailer.mail.transports.replies import BrokenError, Reply
from mailer.mail.transports.wire import Wire

# The server waits for the next line of a login (RFC 4954).
CHALLENGE = 334

# The policies by which a connection that began in plain text is encrypted.
STARTING = ("verify", "opportunistic")


NO_LOGIN = Outcome(
    Kind.REJECTED, "5.7.4", "neither AUTH PLAIN nor LOGIN is offered", Stage.AUTH, relay_down=True
)


class RefusedError(Exception):
    """No session can be had; the outcome says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.status)
        self.outcome = outcome


def unreachable(status: str, text: str) -> Outcome:
    """What is said of every mail when no session can be had."""
    return Outcome(Kind.DEFERRED, status, text, Stage.CONNECT, relay_down=True)


@dataclass(frozen=True)
class Opened:
    """A session that takes mails, and the extensions that it offers."""

    wire: Wire
    offers: frozenset[str]


async def open_session(relay: Relay) -> Opened:
    """A session ready for mails; raises RefusedError, and never falls back from what is asked."""
    try:
        wire = await Wire.open(
            relay.host, relay.port, encryption(relay) if relay.security == "tls" else None
        )
    except BrokenError as error:
        raise RefusedError(unreachable("4.4.1", str(error))) from None
    try:
        return Opened(wire, await _introduce(wire, relay))
    except BrokenError as error:
        wire.close()
        raise RefusedError(unreachable("4.4.2", str(error))) from None
    except (RefusedError, asyncio.CancelledError):
        wire.close()
        raise


def encryption(relay: Relay) -> ssl.SSLContext:
    """Encryption that asks for a certificate of the relay's own name, unless it is opportunistic.

    Opportunistic is for hosts that nobody vouches for: it keeps out who only listens (RFC 7435).
    """
    context = ssl.create_default_context(cafile=relay.certificates)
    if relay.security == "opportunistic":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


async def _introduce(wire: Wire, relay: Relay) -> frozenset[str]:
    required(await wire.reply(), Stage.CONNECT)
    offers = await _hello(wire, relay)
    if relay.security == "verify" and "STARTTLS" not in offers:
        raise RefusedError(unreachable("4.7.4", "STARTTLS is not offered"))
    if relay.security in STARTING and "STARTTLS" in offers:
        wire.send(b"STARTTLS\r\n")
        required(await wire.reply(), Stage.CONNECT)
        await wire.encrypt(encryption(relay), relay.host)
        offers = await _hello(wire, relay)
    if relay.user:
        await _log_in(wire, relay, offers)
    return frozenset(offers)


async def _hello(wire: Wire, relay: Relay) -> dict[str, set[str]]:
    """The extensions offered, by keyword, with their parameters."""
    wire.send(f"EHLO {relay.client_name}\r\n".encode())
    reply = required(await wire.reply(), Stage.CONNECT)
    words = [line.upper().split() for line in reply.lines[1:]]
    return {first: set(rest) for first, *rest in filter(None, words)}


async def _log_in(wire: Wire, relay: Relay, offers: dict[str, set[str]]) -> None:
    methods = offers.get("AUTH", set())
    user, password = relay.user.encode(), relay.password.encode()
    if "PLAIN" in methods:
        await _say(wire, b"AUTH PLAIN " + b64encode(b"\0".join((b"", user, password))), last=True)
    elif "LOGIN" in methods:
        await _say(wire, b"AUTH LOGIN")
        await _say(wire, b64encode(user))
        await _say(wire, b64encode(password), last=True)
    else:
        raise RefusedError(NO_LOGIN)


async def _say(wire: Wire, line: bytes, *, last: bool = False) -> None:
    wire.send(line + b"\r\n")
    reply = await wire.reply()
    if last or reply.code != CHALLENGE:
        required(reply, Stage.AUTH)


def required(reply: Reply, stage: Stage) -> Reply:
    """The reply, when the opening may go on; raises RefusedError."""
    if refusal := reply.refusal(stage):
        raise RefusedError(refusal)
    return reply
