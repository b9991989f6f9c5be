from datetime import timedelta

import pytest
import time_machine
from structlog.testing import capture_logs

from mailer.clock import now
from mailer.web.forms import form_token


def test_a_visitors_post_with_our_token_is_taken(visitor):
    assert visitor.submit("/essai", nom="Camille").text == "reçu Camille"


def test_a_visitors_post_without_token_is_refused(visitor):
    assert visitor.post("/essai").status_code == 400


def test_a_forged_token_is_refused(visitor):
    assert visitor.post("/essai", data={"form_token": form_token()[:-2] + "AA"}).status_code == 400


def test_a_token_of_yesterday_is_stale(visitor):
    with time_machine.travel(now() - timedelta(hours=13)):
        token = form_token()

    assert visitor.post("/essai", data={"form_token": token}).status_code == 400


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_post_from_another_site_is_refused(visitor, site):
    answer = visitor.post("/essai", data=visitor.tokens(), headers={"Sec-Fetch-Site": site})

    assert answer.status_code == 400


def test_an_old_browsers_post_from_another_site_is_refused(visitor):
    answer = visitor.post(
        "/essai", data=visitor.tokens(), headers={"Origin": "https://ailleurs.example"}
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("origin", ["null", "http://localhost"])
def test_an_old_browsers_post_from_our_page_is_taken(visitor, origin):
    answer = visitor.post("/essai", data=visitor.tokens(), headers={"Origin": origin})

    assert answer.status_code == 200


def test_a_program_posts_without_token_where_the_route_says_so(visitor):
    assert visitor.post("/essai/machine").text == "reçu"


def test_a_staff_post_with_its_sessions_token_is_taken(staff):
    assert staff("editor").submit("/essai/bureau").text == "bureau"


def test_a_staff_post_without_token_is_refused(staff):
    assert staff("editor").post("/essai/bureau").status_code == 400


def test_a_staff_post_with_a_visitors_token_is_refused(staff):
    answer = staff("editor").post("/essai/bureau", data={"form_token": form_token()})

    assert answer.status_code == 400


def test_a_staff_post_over_https_needs_no_referrer(staff):
    browser = staff("editor")

    answer = browser.post("/essai/bureau", data=browser.tokens(), base_url="https://localhost")

    assert answer.text == "bureau"


@pytest.mark.parametrize(
    ("headers", "event"),
    [({}, "form.without_token"), ({"Sec-Fetch-Site": "cross-site"}, "form.foreign")],
)
def test_a_post_that_is_refused_stands_in_the_log(visitor, headers, event):
    with capture_logs() as lines:
        visitor.post("/essai", data={"nom": "Camille"}, headers=headers)

    refused = {"event": event, "log_level": "warning", "endpoint": "probe.post"}
    assert refused in lines


def test_a_visitors_page_sets_no_cookie(visitor):
    assert "Set-Cookie" not in visitor.get("/essai").headers
