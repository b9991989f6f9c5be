"""Real web servers on loopback, for what goes out to the web."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """A web site: paths to (status, headers, body), what was asked of it, and what takes time."""

    url: str = ""
    port: int = 0
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    wait: Callable[[], object] = lambda: None

    def add(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Serve the body at the path; headers come as Content_Type=..."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, {"Content-Length": str(len(body))} | named, body)
        return self.url + path


@contextmanager
def website() -> Iterator[Site]:
    """A site that serves while the block lasts."""
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            found.methods.append(self.command)
            found.asked.append((self.path, dict(self.headers)))
            found.wait()
            status, headers, body = found.pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Keep the test's output quiet."""

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:
        found.port = server.server_address[1]
        found.url = f"http://127.0.0.1:{found.port}"
        yield found


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[socketserver.BaseServer]:
    """Run a server in a thread while the block lasts."""
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
