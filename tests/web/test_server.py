"""Requests that no browser sends, put on the wire as they are."""

import socket
from urllib.parse import urlsplit

import pytest
from served import serving

SMUGGLED = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture
def site(app, tmp_path):
    with serving(app, tmp_path) as site:
        yield site


def said(site, request):
    """All that the server answers to these bytes, until it closes or falls silent."""
    place = urlsplit(site.url)
    answer = b""
    with socket.create_connection((place.hostname, place.port), timeout=10) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        while some := line.recv(65536):
            answer += some
    return answer


def statuses(answer):
    """The status of each answer on the line."""
    return [int(line.split()[1]) for line in answer.splitlines() if line.startswith(b"HTTP/1.")]


def test_trace_is_answered_by_nobody(site):
    answer = said(site, b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Secret: tide\r\n\r\n")

    assert statuses(answer) == [405]
    assert b"X-Secret" not in answer


def test_a_second_request_is_not_smuggled_behind_two_lengths(site):
    chunked = b"0\r\n\r\n"
    head = (
        b"POST /essai/machine HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        b"Transfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n"
    )

    answer = said(site, head % len(chunked + SMUGGLED) + chunked + SMUGGLED)

    # Either it is refused whole, or the body ends where the chunks end (RFC 9112, 6.3).
    assert statuses(answer) in ([400], [200], [200, 200])


@pytest.mark.parametrize("field", [b"Transfer-Encoding: xchunked", b"Content-Length: 5, 6"])
def test_a_length_that_cannot_be_is_refused(site, field):
    head = b"POST /essai/machine HTTP/1.1\r\nHost: 127.0.0.1\r\n" + field + b"\r\n\r\n"

    [first, *rest] = statuses(said(site, head + SMUGGLED))

    assert first >= 400
    assert rest == []


HIDDEN = ["/static/", "/static/fonts/", "/static/../config.py", "/.git/config"]


@pytest.mark.parametrize("path", HIDDEN)
def test_no_folder_is_listed_and_nothing_above_it_is_read(visitor, path):
    assert visitor.get(path).status_code == 404
