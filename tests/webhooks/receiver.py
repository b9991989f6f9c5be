"""A program that listens: a real server on loopback, which answers what the test says."""

import hmac
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = f"whsec_{b64encode(bytes(range(32))).decode()}"


@dataclass
class Receiver:
    """What came, what is done once before an answer, and with which status it is answered."""

    url: str = ""
    status: int = 204
    meanwhile: Callable[[], None] | None = None
    got: list = field(default_factory=list)


@contextmanager
def receiving():
    """A receiver that listens while the block lasts."""
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append((dict(self.headers), body))
            meanwhile, found.meanwhile = found.meanwhile, None
            if meanwhile:
                meanwhile()
            self.send_response(found.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args):
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


def expected(secret, headers, body):
    """As the standard says, in words of its own."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = b64decode(secret.removeprefix("whsec_"))
    return "v1," + b64encode(hmac.digest(key, signed, "sha256")).decode()
