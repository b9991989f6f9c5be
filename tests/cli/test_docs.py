"""`mailer docs`: the manual on this machine."""

import requests


def test_the_manual_is_read_until_stopped(serve, new_demo):
    reading = serve("docs", "--port", str(new_demo.port))
    reading.until("The manual: ")

    assert "first-letter.html" in requests.get(f"{new_demo.url}/fr/", timeout=10).text
    assert reading.stop() == 0


def test_a_port_that_is_taken_is_named_with_its_cure(serve, new_demo):
    first = serve("docs", "--port", str(new_demo.port))
    first.until("The manual: ")

    second = serve("docs", "--port", str(new_demo.port))

    assert second.end() == 1
    assert "Choose another with --port" in second.said
