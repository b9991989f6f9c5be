"""An antivirus on a socket of its own, as clamd answers INSTREAM."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Stands for the signature of a virus.
BAD = b"SIGNATURE-OF-A-VIRUS"
LARGEST_BYTES = 1_000_000


class Session(socketserver.StreamRequestHandler):
    """One file: pieces with their length before them, a length of nothing at the end."""

    def handle(self) -> None:
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b"".join(self.pieces())
        self.wfile.write(self.answer(content))

    def pieces(self) -> Iterator[bytes]:
        while length := int.from_bytes(self.rfile.read(4)):
            yield self.rfile.read(length)

    def answer(self, content: bytes) -> bytes:
        if len(content) > LARGEST_BYTES:
            return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Essai.Virus FOUND\0" if BAD in content else b"stream: OK\0"


@contextmanager
def listening(folder: Path) -> Iterator[str]:
    """The path of its socket, while the block lasts."""
    path = folder / "clamd.socket"
    with socketserver.ThreadingUnixStreamServer(str(path), Session) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
        thread.start()
        yield str(path)
        server.shutdown()
        thread.join()
