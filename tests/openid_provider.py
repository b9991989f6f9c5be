"""A provider of OpenID Connect on loopback, with state: it holds its clients to the rules.

Discovery, keys that rotate, authorize, token and userinfo, as Keycloak or ProConnect answer; and
what a broken or a false provider would send.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey
from loopback import serving

CLIENT, SECRET = "lettre", "un secret assez long pour deux"


def unsigned(claims: dict[str, Any]) -> str:
    """A token of `alg: none` (RFC 7519, 6)."""
    parts = (json.dumps(part).encode() for part in ({"alg": "none"}, claims))
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


@dataclass
class Provider:
    """What it knows of people, how it answers, and what it was asked."""

    port: int = 0
    # The person before the screen: what the ID token says, and what userinfo says.
    identity: dict[str, Any] = field(default_factory=lambda: {"sub": "d1f3"})
    info: dict[str, Any] = field(default_factory=dict)
    signs_info: bool = False
    # What a broken or a false provider says in the place of the truth.
    token_says: dict[str, Any] = field(default_factory=dict)
    info_says: dict[str, Any] = field(default_factory=dict)
    signs_info_with_nothing: bool = False
    discovery_says: dict[str, Any] = field(default_factory=dict)
    signs_nothing: bool = False
    shows_old_keys: bool = False
    redirects_to: str = ""
    keys: list[Any] = field(default_factory=list)
    shown_keys: list[Any] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    access: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}/realms/ville"

    def rotate(self, kind: str = "RSA") -> None:
        """Sign with a new key from now on; the one before stays shown."""
        made = ECKey.generate_key("P-256") if kind == "EC" else RSAKey.generate_key(2048)
        made.ensure_kid()
        self.keys.append(made)
        if not self.shows_old_keys:
            self.shown_keys = list(self.keys)

    def sign(self, claims: dict[str, Any]) -> str:
        if self.signs_nothing:
            return unsigned(claims)
        key = self.keys[-1]
        alg = "ES256" if isinstance(key, ECKey) else "RS256"
        return jwt.encode({"alg": alg, "kid": key.kid}, claims, key)

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/logout",
        } | self.discovery_says

    def jwks(self) -> dict[str, Any]:
        """The public halves of the keys that it shows."""
        return dict(KeySet(self.shown_keys).as_dict(private=False))

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        # ProConnect refuses shorter ones.
        assert min(len(asked["state"]), len(asked["nonce"])) >= 32
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The tokens, once for each code; None when anything is not as it was asked."""
        asked = self.codes.pop(form["code"], None)
        if asked is None or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if challenge != asked["code_challenge"]:
            return None
        if (form["client_id"], form["client_secret"]) != (CLIENT, SECRET):
            return None
        access = secrets.token_urlsafe()
        self.access[access] = asked
        at = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": at, "exp": at + 60}
        claims |= {"nonce": asked["nonce"]} | self.identity | self.token_says
        return {"access_token": access, "token_type": "Bearer", "id_token": self.sign(claims)}

    def userinfo(self, access: str) -> tuple[str, bytes] | None:
        if access not in self.access:
            return None
        said = {"sub": self.identity["sub"], **self.info}
        if self.signs_info:
            claims = said | {"iss": self.issuer, "aud": CLIENT} | self.info_says
            token = unsigned(claims) if self.signs_info_with_nothing else self.sign(claims)
            return "application/jwt", token.encode()
        return "application/json", json.dumps(said).encode()


class Handler(BaseHTTPRequestHandler):
    """The provider on the wire."""

    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        what = parts.path.removeprefix("/realms/ville/")
        self.provider.asked.append((what, asked))
        if address := self.sent_on(what, asked):
            self.redirect(address)
        elif what == "userinfo":
            self.tell(self.provider.userinfo(self.headers["Authorization"].removeprefix("Bearer ")))
        else:
            said = (
                self.provider.discovery()
                if "openid-configuration" in what
                else self.provider.jwks()
            )
            self.tell(("application/json", json.dumps(said).encode()))

    def sent_on(self, what: str, asked: dict[str, str]) -> str:
        if what == "authorize":
            return self.provider.authorize(asked)
        if what == "logout":
            return asked["post_logout_redirect_uri"]
        return self.provider.redirects_to if "openid-configuration" in what else ""

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(sent).items()}
        self.provider.asked.append(("token", form))
        found = self.provider.token(form)
        self.tell(found and ("application/json", json.dumps(found).encode()))

    def redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def tell(self, found: tuple[str, bytes] | None) -> None:
        kind, body = found or ("application/json", b'{"error": "invalid_grant"}')
        self.send_response(200 if found else 400)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep the test's output quiet."""


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers while the block lasts."""
    provider = Provider()
    provider.rotate()
    handler = type("Handler", (Handler,), {"provider": provider})
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as server:
        provider.port = server.server_address[1]
        yield provider
