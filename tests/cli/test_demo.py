"""`mailer demo`, as a newcomer starts it."""

import os
import select
import signal
import smtplib
import socket
from pathlib import Path

import pytest

LOOPBACK = "127.0.0.1"
LETTER = (
    "From: Zoé <zoe@exemple.fr>\r\nTo: nora@exemple.fr\r\nSubject: Marée haute\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    '<html><head><title>x</title></head><body><a href="{url}/demo/articles/phare">Lire</a></body>'
)


def test_it_says_its_four_addresses_and_its_accounts(demo):
    for address in ("/", "/bureau", "/bureau/demandes", "/dev/mail"):
        assert f"{demo.url}{address}\n" in demo.served.said
    assert "dpo@exemple.fr" in demo.served.said


def test_it_says_how_a_command_finds_its_data_and_its_address(demo):
    wanted = f"export MAILER_DATA_FOLDER={demo.folder} MAILER_BASE_URL={demo.url}\n"
    assert wanted in demo.served.until("MAILER_BASE_URL")


@pytest.mark.parametrize("path", ["/", "/bureau", "/bureau/demandes", "/dev/mail"])
def test_its_four_addresses_answer(demo, path):
    assert demo.get(path).status_code == 200


def test_each_page_says_that_it_is_a_demonstration(demo):
    assert "Démonstration" in demo.get("/").text


def test_a_captured_mail_can_be_read_with_its_links(demo):
    with smtplib.SMTP(LOOPBACK, demo.smtp_port) as client:
        client.sendmail("", ["nora@exemple.fr"], LETTER.format(url=demo.url).encode())
    listed = demo.get("/dev/mail").text
    key = listed.partition("/dev/mail/")[2].partition('"')[0]
    assert "Marée haute" in listed
    assert "Delivered-To" in demo.get(f"/dev/mail/{key}").text
    assert demo.get(f"/dev/mail/{key}/source").text.startswith("Return-Path: <>")
    html = demo.get(f"/dev/mail/{key}/html")
    assert '<base target="_blank">' in html.text
    assert "sandbox" in html.headers["Content-Security-Policy"]


def test_its_articles_stand_in_a_feed_with_their_pictures(demo):
    feed = demo.get("/demo/flux.xml").text
    assert feed.count("<entry>") == 12
    assert "Le phare de la Corvette" in demo.get("/demo/articles/phare").text
    assert demo.get("/demo/images/phare.jpg").headers["Content-Type"] == "image/jpeg"
    assert demo.get("/demo/articles/montagne").status_code == 404


def test_a_second_one_on_the_same_data_says_so(demo, serve):
    second = serve(*demo.words)
    assert second.end() == 1
    assert "already running" in second.said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_and_begins_again_on_the_same_data(new_demo, serve, how):
    first = serve(*new_demo.words)
    first.until("admin@exemple.fr")
    children = first.children
    assert children
    assert first.stop(how) == 0
    assert not any(Path(f"/proc/{child}").exists() for child in children)
    second = serve(*new_demo.words)
    assert "kept from the last time" in second.until("admin@exemple.fr")
    assert second.stop() == 0


def test_no_worker_is_left_when_it_is_killed(new_demo, serve):
    started = serve(*new_demo.words)
    started.until("admin@exemple.fr")
    (worker,) = started.children
    watched = os.pidfd_open(worker)
    started.process.kill()
    ended, _, _ = select.select([watched], [], [], 30)
    os.close(watched)
    assert ended


@pytest.mark.parametrize("option", ["--port", "--smtp-port"])
def test_a_taken_port_is_named_with_the_way_to_choose_another(new_demo, serve, option):
    port = new_demo.port if option == "--port" else new_demo.smtp_port
    with socket.create_server((LOOPBACK, port)):
        started = serve(*new_demo.words)
        assert started.end() == 1
    assert f"port {port} cannot be used" in started.said
    assert f"Choose another with {option}." in started.said


@pytest.mark.parametrize(
    ("name", "value"),
    [("SMTP_HOST", "relais.exemple.fr"), ("SMTP_USER", "estran"), ("SMTP_SECURITY", "tls")],
)
def test_a_real_relay_is_refused(new_demo, serve, name, value):
    started = serve(*new_demo.words, **{f"MAILER_{name}": value})
    assert started.end() == 1
    assert f"{name} is set" in started.said
    assert not new_demo.folder.exists()
