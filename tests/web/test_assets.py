def test_a_static_file_under_its_checksum_is_kept_for_a_year(app, visitor):
    with app.test_request_context():
        address = app.url_for("static", filename="app.css")

    assert "v=" in address
    assert visitor.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_static_file_without_it_is_kept_for_an_hour(visitor):
    assert visitor.get("/static/app.css").headers["Cache-Control"] == "public, max-age=3600"


def test_a_static_file_that_is_not_there_is_not_kept(visitor):
    assert "max-age" not in visitor.get("/static/rien.css").headers.get("Cache-Control", "")
