"""The body of an answer, unpacked under a ceiling: a bomb is cut after its first chunks."""

import zlib
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse

from mailer.outgoing.failure import Reason, RequestError

CHUNK_BYTES = 65_536
GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
RAW_DEFLATE = -zlib.MAX_WBITS


def read(answer: HTTPResponse, max_bytes: int) -> bytes:
    """The unpacked body; raises RequestError when it is too big, too slow, cut or garbled."""
    if (answer.length or 0) > max_bytes:
        raise RequestError(Reason.TOO_BIG)
    body = bytearray()
    for piece in unpacked(answer, max_bytes):
        body += piece
        if len(body) > max_bytes:
            raise RequestError(Reason.TOO_BIG)
    if answer.length:
        raise RequestError(Reason.BAD_ANSWER)
    return bytes(body)


def unpacked(answer: HTTPResponse, max_bytes: int) -> Iterator[bytes]:
    coding = answer.getheader("Content-Encoding", "identity").strip().lower()
    if coding in {"", "identity"}:
        yield from chunks(answer, max_bytes)
    elif coding in {"gzip", "x-gzip", "deflate"}:
        yield from inflated(chunks(answer, max_bytes))
    else:
        raise RequestError(Reason.BAD_ANSWER)


def chunks(answer: HTTPResponse, max_bytes: int) -> Iterator[bytes]:
    """The bytes as they come over the wire, of which there must not be too many either."""
    total = 0
    while chunk := next_chunk(answer):
        total += len(chunk)
        if total > max_bytes:
            raise RequestError(Reason.TOO_BIG)
        yield chunk


def next_chunk(answer: HTTPResponse) -> bytes:
    try:
        return answer.read(CHUNK_BYTES)
    except TimeoutError:
        raise RequestError(Reason.TOO_SLOW) from None
    except (OSError, HTTPException, ValueError):
        raise RequestError(Reason.BAD_ANSWER) from None


def inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes unpacked, never more than a chunk at a time."""
    unpacker = None
    for chunk in packed:
        unpacker = unpacker or unpacker_for(chunk)
        waiting = chunk
        while waiting and not unpacker.eof:
            try:
                yield unpacker.decompress(waiting, CHUNK_BYTES)
            except zlib.error:
                raise RequestError(Reason.BAD_ANSWER) from None
            waiting = unpacker.unconsumed_tail


def unpacker_for(start: bytes) -> "zlib._Decompress":
    """`deflate` should mean zlib (RFC 9110, 8.4.1.2), but some servers send it bare."""
    is_zlib = start[0] & 0x0F == zlib.DEFLATED and int.from_bytes(start[:2], "big") % 31 == 0
    is_gzip = start[:2] == b"\x1f\x8b"
    return zlib.decompressobj(GZIP_OR_ZLIB if is_zlib or is_gzip else RAW_DEFLATE)
