"""One connection to one checked address, every read of which ends by the deadline."""

import io
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Any

from mailer.outgoing.failure import Reason, RequestError
from mailer.outgoing.rules import Rules
from mailer.outgoing.target import Deadline, Target


class TimedReader(io.RawIOBase):
    """The reading end of a socket. A server that drips one byte at a time is cut all the same."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self.socket, self.deadline = connected, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.socket.settimeout(self.deadline.left())
        return self.socket.recv_into(buffer)

    def close(self) -> None:
        super().close()
        self.socket.close()

    def makefile(self, mode: str) -> io.BufferedReader:
        """What http.client asks of a socket."""
        del mode
        return io.BufferedReader(self)


@dataclass(frozen=True)
class Request:
    """What is sent, wherever it goes."""

    headers: Mapping[str, str]
    method: str = "GET"
    content: bytes = b""


def ask(target: Target, request: Request, rules: Rules, deadline: Deadline) -> HTTPResponse:
    """Send one request and read the head of the answer; the caller closes the answer."""
    connected = connect(target, rules, deadline)
    answer = HTTPResponse(TimedReader(connected, deadline), method=request.method)  # type: ignore[arg-type]  # it asks for makefile alone
    try:
        connected.sendall(head(target, request) + request.content)
        answer.begin()
    except TimeoutError:
        connected.close()
        raise RequestError(Reason.TOO_SLOW) from None
    except (OSError, HTTPException, ValueError):
        connected.close()
        raise RequestError(Reason.BAD_ANSWER) from None
    except RequestError:
        connected.close()
        raise
    return answer


def connect(target: Target, rules: Rules, deadline: Deadline) -> socket.socket:
    """A connection to a checked address; TLS is verified against the name, not the address."""
    plain = first_reached(target, deadline)
    return plain if target.scheme == "http" else secured(plain, target, rules, deadline)


def first_reached(target: Target, deadline: Deadline) -> socket.socket:
    """The first address that answers; each gets its share of the time that is left."""
    reason = Reason.NOT_REACHABLE
    for number, ip in enumerate(target.ips):
        share = deadline.left() / (len(target.ips) - number)
        try:
            return socket.create_connection((ip, target.port), timeout=share)
        except TimeoutError:
            reason = Reason.TOO_SLOW
        except OSError:
            reason = Reason.NOT_REACHABLE
    raise RequestError(reason)


def secured(
    plain: socket.socket, target: Target, rules: Rules, deadline: Deadline
) -> socket.socket:
    try:
        plain.settimeout(deadline.left())
        return rules.trust().wrap_socket(plain, server_hostname=target.host)
    except TimeoutError:
        plain.close()
        raise RequestError(Reason.TOO_SLOW) from None
    except OSError:
        plain.close()
        raise RequestError(Reason.NOT_TRUSTED) from None


def head(target: Target, request: Request) -> bytes:
    """The request line and headers."""
    lines = [f"{request.method} {target.path} HTTP/1.1", f"Host: {target.authority}"]
    lines += ["Connection: close"]
    lines += [f"{name}: {value}" for name, value in request.headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
