"""Whether each relay takes our mails: a session is opened and given our sender, no mail is sent."""

import asyncio
from collections.abc import Iterator

from mailer.doctor.finding import Finding, fault, good
from mailer.mail.outcome import Outcome, Stage
from mailer.mail.relays import Relay
from mailer.mail.transports.opening import RefusedError, open_session, required
from mailer.mail.transports.replies import BrokenError

NO_STARTTLS = "4.7.4"


def relay(to: Relay, sender: str, seconds: float) -> Iterator[Finding]:
    """What the relay answers to that sender, in so many seconds."""
    where = f"{to.name} ({to.host}:{to.port})"
    try:
        asyncio.run(_offer(to, sender, seconds))
    except RefusedError as error:
        yield _refused(where, to, error.outcome)
    except BrokenError as error:
        said = f"{where} breaks off ({error})"
        yield fault("relay", said, "see its own log: it may be overloaded, or refuse this machine")
    except TimeoutError:
        said = f"{where} says nothing within {seconds:g} seconds"
        yield fault("relay", said, "see whether it is overloaded, or a wall swallows what we say")
    else:
        yield good("relay", f"{where} takes mails from {sender}")


async def _offer(to: Relay, sender: str, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        opened = await open_session(to)
        try:
            opened.wire.send(f"MAIL FROM:<{sender}>\r\n".encode())
            required(await opened.wire.reply(), Stage.MAIL)
        finally:
            opened.wire.close(b"QUIT\r\n")


def _refused(where: str, to: Relay, outcome: Outcome) -> Finding:
    """What the relay does not like, and whose it is to mend."""
    if outcome.stage is Stage.MAIL:
        said = f"{where} refuses our sender ({outcome.status})"
        return fault(
            "relay sender", said, "have the relay allow SENDER_ADDRESS and the return-paths"
        )
    if outcome.stage is Stage.AUTH:
        said = f"{where} refuses SMTP_USER with its password ({outcome.status})"
        return fault("relay login", said, "ask its operator for the account, and set both again")
    if "Cert" in outcome.text:
        said = f"{where} shows a certificate that is not its own, or is out of date"
        cure = "renew it there, or name the relay in SMTP_HOST as its certificate does"
        return fault("relay certificate", said, cure)
    if outcome.status == NO_STARTTLS or "SSL" in outcome.text:
        said = f"{where} does not encrypt as SMTP_SECURITY {to.security!r} asks"
        cure = 'set SMTP_PORT and SMTP_SECURITY as it has them: 587 "verify", or 465 "tls"'
        return fault("relay encryption", said, cure)
    said = f"{where} cannot be reached ({outcome.text or outcome.status})"
    cure = "start it, or correct SMTP_HOST and SMTP_PORT; a firewall may close the way"
    return fault("relay", said, cure)
