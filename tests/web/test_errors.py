import pytest


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/essai/absent/echec", 404),
        ("/essai/refus/echec", 422),
        ("/essai/conflit/echec", 409),
        ("/essai/fini/echec", 410),
        ("/essai/panne/echec", 500),
        ("/nulle-part", 404),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_error_is_a_page_in_the_readers_language(visitor, path, status, language):
    answer = visitor.get(path, headers={"Accept-Language": language})

    assert answer.status_code == status
    assert f'<html lang="{language}">' in answer.text


def test_a_fault_of_ours_shows_neither_its_trace_nor_its_text(visitor):
    page = visitor.get("/essai/panne/echec").text

    assert "ZeroDivisionError" not in page
    assert "camille@exemple.fr" not in page


def test_a_database_that_is_busy_is_asked_again_in_a_moment(visitor):
    answer = visitor.get("/essai/occupe")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "rechargez cette page" in answer.text


def test_a_table_that_is_missing_is_a_fault_of_ours(visitor):
    assert visitor.get("/essai/table-absente").status_code == 500


def test_a_method_that_a_page_has_not_is_told_those_it_has(visitor):
    answer = visitor.delete("/essai")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_post_too_large_is_a_page(visitor):
    answer = visitor.post("/essai", data={"nom": "a" * 3_000_000})

    assert (answer.status_code, "<h1>" in answer.text) == (413, True)


def test_a_host_that_is_not_ours_gets_one_sentence(visitor):
    answer = visitor.get("/essai", base_url="http://ailleurs.example")

    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert "ailleurs" not in answer.text


def test_the_host_of_the_base_address_is_ours(app):
    assert "127.0.0.1" in app.config["TRUSTED_HOSTS"]


def test_head_answers_as_get_without_a_body(visitor):
    answer = visitor.head("/connexion")

    assert (answer.status_code, answer.data) == (200, b"")
