import pytest
from structlog.testing import capture_logs

from mailer.web.access import local_path


def test_a_route_that_says_nothing_is_refused(visitor):
    assert visitor.get("/essai/muet").status_code == 404


def test_a_route_that_says_nothing_is_refused_to_staff_too(staff):
    assert staff("editor", "admin").get("/essai/muet").status_code == 404


def test_a_stranger_is_sent_to_the_sign_in_page_and_back(visitor):
    answer = visitor.get("/essai/bureau")

    assert (answer.status_code, answer.location) == (303, "/connexion?next=/essai/bureau")


def test_the_way_back_leaves_out_what_was_searched_for(visitor):
    answer = visitor.get("/essai/bureau?q=camille@exemple.fr")

    assert "camille" not in answer.location


def test_a_strangers_post_has_no_way_back(visitor):
    assert visitor.post("/essai/bureau").location == "/connexion"


@pytest.mark.parametrize("role", ["editor", "sender"])
def test_one_of_the_roles_is_enough(staff, role):
    assert staff(role).get("/essai/bureau").text == "bureau"


def test_forbidden_and_absent_get_the_same_answer(staff):
    browser = staff("dpo")

    forbidden, absent = browser.get("/essai/bureau"), browser.get("/essai/nulle-part")

    assert (forbidden.status_code, absent.status_code) == (404, 404)
    assert main_of(forbidden) == main_of(absent)


@pytest.mark.parametrize("role", ["dpo", "editor"])
def test_nor_does_another_method_tell_what_is_there(staff, role):
    browser = staff(role)

    closed, absent = browser.submit("/bureau/journal"), browser.submit("/bureau/nulle-part")

    assert (closed.status_code, absent.status_code) == (404, 404)
    assert main_of(closed) == main_of(absent)
    # Nor the links to the same page in another language.
    assert 'href="/bureau/journal' not in browser.get("/bureau/journal").text
    assert browser.submit("/bureau/roles").status_code == 405


def test_who_was_refused_what_stands_in_the_log_by_number(staff):
    browser = staff("dpo")
    with capture_logs() as lines:
        browser.get("/essai/bureau")

    [line] = [line for line in lines if line["event"] == "access.refused"]
    assert (line["endpoint"], type(line["account"])) == ("probe.desk", int)


def main_of(answer):
    return answer.text.partition("<main")[2]


@pytest.mark.parametrize("path", ["/bureau", "/bureau/lettres/3", "/bureau/é"])
def test_a_path_of_ours_is_a_way_back(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "text",
    ["", None, "bureau", "//ailleurs.example", "https://ailleurs.example", "/\\ailleurs.example",
     "/\t/ailleurs.example", "/bureau\r\nLocation: x", "javascript:alert(1)"],
)  # fmt: skip
def test_anything_else_is_not(text):
    assert local_path(text) is None
