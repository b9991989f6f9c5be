"""What comes back from another server: unpacked, in time, and not too much of it."""

import socket
import threading
import time
from datetime import timedelta

import pytest

from mailer.outgoing import Reason, RequestError, Rules, fetch


def test_a_page_comes_back_with_its_headers(site, loopback):
    answer = fetch(site.add("/a", b"body", ETag='"1"'), loopback)
    assert (answer.status, answer.content, answer.headers["etag"]) == (200, b"body", '"1"')


def test_the_request_names_us_and_carries_the_headers_given(site, loopback):
    fetch(site.add("/a"), loopback, {"If-None-Match": '"1"'})
    headers = site.asked[0][1]
    assert (headers["User-Agent"].split("/")[0], headers["If-None-Match"]) == ("mailer", '"1"')
    assert headers["Host"] == f"127.0.0.1:{site.port}"


def test_an_unchanged_page_comes_back_as_such(site, loopback):
    assert fetch(site.add("/a", status=304), loopback).status == 304


@pytest.mark.parametrize("coding", ["gzip", "deflate", "bare deflate"])
def test_a_packed_page_is_unpacked(coding, site, loopback, packed_text):
    page = site.add("/a", packed_text[coding], Content_Encoding=coding.split()[-1])
    assert fetch(page, loopback).content == "é".encode() * 1000


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_packed_bomb_is_cut(coding, site, loopback, bombs):
    page = site.add("/bomb", bombs[coding], Content_Encoding=coding)
    assert reason(page, loopback) == Reason.TOO_BIG


def test_a_page_that_says_it_is_too_big_is_not_read(site, loopback):
    page = site.add("/big", Content_Length="5000001")
    assert reason(page, loopback) == Reason.TOO_BIG


def test_a_page_that_does_not_say_so_is_cut(site, loopback):
    page = site.add("/big", b"x" * 5_000_001)
    del site.pages["/big"][1]["Content-Length"]
    assert reason(page, loopback) == Reason.TOO_BIG


@pytest.mark.parametrize("path", ["/head", "/body"])
def test_a_server_that_drips_is_cut_at_the_deadline(path, slow_site):
    rules = Rules(deadline=timedelta(milliseconds=400)).also(["127.0.0.1/32"])
    assert reason(slow_site + path, rules) == Reason.TOO_SLOW


def test_a_name_server_that_hangs_is_cut_at_the_deadline():
    rules = Rules(deadline=timedelta(milliseconds=200), resolve=hang)
    assert reason("http://exemple.fr/", rules) == Reason.TOO_SLOW


def hang(_host: str, _port: int) -> list[str]:
    time.sleep(1)
    return []


def test_three_redirects_are_followed_and_the_last_address_is_told(site, loopback):
    for step in range(3):
        site.add(f"/{step}", status=302, Location=f"/{step + 1}")
    site.add("/3", b"end")
    answer = fetch(f"{site.url}/0", loopback)
    assert (answer.content, answer.url) == (b"end", f"{site.url}/3")


def test_a_fourth_redirect_is_not_followed(site, loopback):
    page = site.add("/", status=301, Location="/")
    assert reason(page, loopback) == Reason.TOO_MANY_REDIRECTS
    assert len(site.asked) == 4


def test_a_redirect_may_hold_letters_that_are_not_ascii(site, loopback):
    site.add("/%C3%A9t%C3%A9", b"summer")
    page = site.add("/", status=302, Location="/été".encode().decode("latin-1"))
    assert fetch(page, loopback).content == b"summer"


def test_no_address_can_add_a_line_to_the_request(site, loopback):
    fetch_all(site, loopback, "/a\r\nX-Bad: 1", "/a%0d%0aX-Bad: 1", "/a b", "/a?q=\nX-Bad: 1")
    assert not any("X-Bad" in headers for _, headers in site.asked)


def fetch_all(site, rules, *paths):
    for path in paths:
        with pytest.raises(RequestError):
            fetch(site.url + path, rules)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, Reason.FORBIDDEN),
        (403, Reason.FORBIDDEN),
        (404, Reason.NOT_FOUND),
        (410, Reason.NOT_FOUND),
        (429, Reason.BAD_STATUS),
        (500, Reason.BAD_STATUS),
        (206, Reason.BAD_STATUS),
    ],
)
def test_a_status_that_brings_nothing_says_why(status, expected, site, loopback):
    assert reason(site.add("/a", status=status), loopback) == expected


@pytest.mark.parametrize(
    "raw",
    [
        b"220 smtp.exemple.fr ESMTP\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot packed",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    ],
)
def test_an_answer_that_is_garbled_or_cut_is_refused(raw, loopback):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=answer_once, args=(listening, raw), daemon=True).start()
        found = reason(f"http://127.0.0.1:{listening.getsockname()[1]}/", loopback)
    assert found == Reason.BAD_ANSWER


def answer_once(listening, raw):
    connection, _ = listening.accept()
    connection.recv(4096)
    connection.sendall(raw)
    connection.close()


def test_a_port_where_nobody_listens_is_not_reachable(loopback):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert reason(f"http://127.0.0.1:{port}/", loopback) == Reason.NOT_REACHABLE


def test_a_server_without_a_certificate_is_not_trusted(site, loopback):
    assert reason(f"https://127.0.0.1:{site.port}/", loopback) == Reason.NOT_TRUSTED


def test_a_certificate_is_checked_against_the_name_not_the_address(secure_site):
    rules = Rules(resolve=lambda _host, _port: ["127.0.0.1"], trust=secure_site.trust)
    rules = rules.also(["127.0.0.1/32"])
    answer = fetch(f"https://sur.exemple.fr:{secure_site.port}/", rules)
    assert answer.content == b"sur.exemple.fr"
    assert reason(f"https://autre.exemple.fr:{secure_site.port}/", rules) == Reason.NOT_TRUSTED


def test_a_host_that_no_one_knows_says_so():
    assert reason("http://absent.exemple.fr/", Rules(resolve=unknown)) == Reason.UNKNOWN_HOST


def unknown(_host: str, _port: int) -> list[str]:
    raise OSError("no such name")


def reason(url: str, rules: Rules) -> Reason:
    with pytest.raises(RequestError) as failed:
        fetch(url, rules)
    return failed.value.reason
