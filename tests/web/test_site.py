def test_the_process_says_that_it_is_alive(visitor):
    assert visitor.get("/healthz").text == "ok\n"


def test_a_weakness_can_be_reported(visitor):
    answer = visitor.get("/.well-known/security.txt")

    assert answer.mimetype == "text/plain"
    assert "Contact: mailto:securite@exemple.fr\n" in answer.text
