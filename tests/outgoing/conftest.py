"""Servers that behave badly, and a canary that nobody may touch."""

import gzip
import socketserver
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from loopback import Site, serving, website

from mailer.outgoing import Rules

MEGABYTE = b"\0" * 1_000_000


@pytest.fixture
def site() -> Iterator[Site]:
    with website() as found:
        yield found


@dataclass
class Canary:
    """A port on loopback that counts who comes."""

    port: int = 0
    visits: int = 0


@pytest.fixture
def canary() -> Iterator[Canary]:
    counted = Canary()

    class Count(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            counted.visits += 1

    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Count)) as server:
        counted.port = server.server_address[1]
        yield counted


@pytest.fixture
def slow_site() -> Iterator[str]:
    """A server whose every byte comes 50 ms after the last, for ever; /head drips its headers."""

    class Drip(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            in_head = b"/head" in self.request.recv(4096)
            self.request.sendall(b"HTTP/1.1 200 OK\r\n" + (b"" if in_head else b"\r\n"))
            try:
                while True:
                    self.request.sendall(b"x")
                    time.sleep(0.05)
            except OSError:
                pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with serving(Server(("127.0.0.1", 0), Drip)) as server:
        yield f"http://127.0.0.1:{server.server_address[1]}"


@pytest.fixture(scope="session")
def bombs() -> dict[str, bytes]:
    """200 MB of nothing, packed each way."""
    packed = {"gzip": zlib.compressobj(9, wbits=31), "deflate": zlib.compressobj(9)}
    return {
        name: b"".join(packer.compress(MEGABYTE) for _ in range(200)) + packer.flush()
        for name, packer in packed.items()
    }


@pytest.fixture(scope="session")
def packed_text() -> dict[str, bytes]:
    text = "é".encode() * 1000
    bare = zlib.compressobj(wbits=-15)
    return {
        "gzip": gzip.compress(text),
        "deflate": zlib.compress(text),
        "bare deflate": bare.compress(text) + bare.flush(),
    }


@pytest.fixture
def loopback() -> Rules:
    """Rules that let the test reach its servers, and nothing else inside."""
    return Rules(deadline=timedelta(seconds=2)).also(["127.0.0.1/32"])


@dataclass
class SecureSite:
    """A site behind TLS for sur.exemple.fr alone; `trust` is a client that knows its authority."""

    port: int
    certificate: bytes

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cadata=self.certificate.decode())


@pytest.fixture
def secure_site(tmp_path: Path) -> Iterator[SecureSite]:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = self_signed(key, "sur.exemple.fr")
    pem = tmp_path / "site.pem"
    pem.write_bytes(certificate + private_pem(key))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.headers["Host"].partition(":")[0].encode())

        def log_message(self, *_args: object) -> None:
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_args: None
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with serving(server):
        yield SecureSite(server.server_address[1], certificate)


def self_signed(key: ec.EllipticCurvePrivateKey, name: str) -> bytes:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM)


def private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
