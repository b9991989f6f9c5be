import logging

import structlog

from mailer.logs import Bridge, configure

logger = logging.getLogger("a-library")
logger.addHandler(Bridge())


def test_an_event_is_one_line_of_keys_and_values(capsys):
    configure()
    logger.warning("mail to %s refused", "camille@exemple.fr")

    line = capsys.readouterr().err
    assert 'event=library logger=a-library template="mail to %s refused"' in line
    assert line.count("\n") == 1


def test_nothing_is_written_but_to_standard_error(capfd):
    configure()
    structlog.get_logger().info("request", status=200)
    logger.warning("a word of a library")

    written = capfd.readouterr()
    assert written.out == ""
    assert len(written.err.splitlines()) == 2


def test_a_librarys_values_and_exceptions_do_not_pass(capsys):
    configure()
    try:
        int("camille@exemple.fr")
    except ValueError:
        logger.exception("mail to %s", "camille@exemple.fr")

    line = capsys.readouterr().err
    assert "kind=ValueError" in line
    assert "camille" not in line


def test_no_value_begins_another_line(capsys):
    configure()
    structlog.get_logger().info("essai", answer="oui\nevent=request account=1\r\n")

    assert capsys.readouterr().err.count("\n") == 1
