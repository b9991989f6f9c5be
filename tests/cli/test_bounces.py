"""`mailer bounces read`: one mail from a pipe, as Postfix and Exim give it."""

import signal
import smtplib

import pytest
from bounces.mails import answer
from sqlalchemy import select

from mailer.bounces.models import ReturnedMail
from mailer.db import db


def kept():
    db.session.expire_all()
    return db.session.scalars(select(ReturnedMail)).all()


def test_a_mail_from_the_pipe_is_kept(mailer, app):
    said = mailer("bounces", "read", typed=answer())
    assert said.exit_code == 0, said.output
    assert len(kept()) == 1


def test_the_same_mail_again_is_kept_once(mailer, app):
    for recipient in ("rebond@rebond.exemple.fr", ""):
        assert mailer("bounces", "read", "--recipient", recipient, typed=answer()).exit_code == 0
    assert len(kept()) == 1


@pytest.mark.parametrize(
    "url",
    ["sqlite:////nowhere/at/all.sqlite", "postgresql+psycopg://nobody@127.0.0.1:1/nothing"],
)
def test_without_the_database_the_mail_server_is_asked_to_try_again(mailer, app, url):
    said = mailer("bounces", "read", typed=answer(), MAILER_DATABASE_URL=url)
    assert said.exit_code == 75


def test_of_a_mail_that_is_too_long_the_beginning_is_read(mailer, app):
    long = answer("Bonjour, " + "encore " * 200_000)
    said = mailer("bounces", "read", typed=long, MAILER_BOUNCE_MAX_MEGABYTES="1")
    assert said.exit_code == 0, said.output
    assert [row.size for row in kept()] == [len(long)]


def test_the_help_shows_how_it_is_set_up(mailer):
    said = mailer("bounces", "read", "--help").output
    assert "EXAMPLES" in said
    assert ".forward" in said


def test_who_listens_takes_mails_by_a_socket_until_it_is_stopped(serve, app, tmp_path):
    path = str(tmp_path / "lmtp")
    listening = serve(
        *("bounces", "listen"),
        MAILER_DATABASE_URL=app.config["DATABASE_URL"],
        MAILER_DATA_FOLDER=app.config["DATA_FOLDER"],
        MAILER_LMTP_SOCKET=path,
    )
    listening.until("returns.listening")
    with smtplib.LMTP(path) as client:
        client.sendmail("zoe@exemple.fr", ["rebond@rebond.exemple.fr"], answer())
    assert listening.stop(signal.SIGTERM) == 0
    assert len(kept()) == 1
