"""The way to the provider and back: what the browser carries meanwhile, sealed, for ten minutes."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from authlib.oauth2.rfc7636 import create_s256_code_challenge

from mailer.accounts.factors.sealed import seal, unseal
from mailer.accounts.openid.refusals import Refusal, Refused
from mailer.errors import Invalid

LIFETIME = timedelta(minutes=10)
BOUND_TO = "openid journey"
# ProConnect asks for 32 characters at least; RFC 7636, 4.1, for 43 in the verifier.
CHANCE_BYTES = 32


@dataclass(frozen=True)
class Journey:
    """Whose browser it is (state), which token is its answer (nonce), and PKCE's secret."""

    state: str
    nonce: str
    verifier: str
    begun: int
    back: str

    @property
    def challenge(self) -> str:
        """What the provider gets of the verifier (RFC 7636, 4.2)."""
        return str(create_s256_code_challenge(self.verifier))


def begin(at: datetime, back: str) -> Journey:
    """A way that nobody has gone; `back` is the page that was asked for."""
    state, nonce, verifier = (secrets.token_urlsafe(CHANCE_BYTES) for _ in range(3))
    return Journey(state, nonce, verifier, int(at.timestamp()), back)


def closed(journey: Journey, keys: Sequence[str]) -> str:
    """The journey as a cookie holds it."""
    return seal(json.dumps(asdict(journey)).encode(), keys, BOUND_TO).hex()


def opened(cookie: str, state: str, keys: Sequence[str], at: datetime) -> Journey:
    """The journey that this answer ends; Refused for another browser's, and for an old one."""
    try:
        found = Journey(**json.loads(unseal(bytes.fromhex(cookie), keys, BOUND_TO)))
    except (Invalid, ValueError):
        raise Refused(Refusal.FOREIGN) from None
    is_over = at - datetime.fromtimestamp(found.begun, UTC) > LIFETIME
    if is_over or not secrets.compare_digest(found.state.encode(), state.encode()):
        raise Refused(Refusal.FOREIGN)
    return found
