from structlog.testing import capture_logs


def test_a_request_leaves_one_line_without_its_path(visitor):
    with capture_logs() as lines:
        visitor.get("/essai/fini/echec?q=camille@exemple.fr")

    [line] = [line for line in lines if line["event"] == "request"]
    assert (line["endpoint"], line["method"], line["status"]) == ("probe.failing", "GET", 410)
    assert "fini" not in str(line)
    assert "camille" not in str(line)


def test_who_is_signed_in_stands_there_by_number(staff):
    browser = staff("editor")
    with capture_logs() as lines:
        browser.get("/essai/bureau")
        browser.application.test_client().get("/essai")

    [desk, page] = [line for line in lines if line["event"] == "request"]
    assert isinstance(desk["account"], int)
    assert "account" not in page


def test_a_fault_of_ours_leaves_its_place_and_kind_not_its_text(visitor):
    with capture_logs() as lines:
        visitor.get("/essai/panne/echec")

    [line] = [line for line in lines if line["event"] == "request.failed"]
    assert line["kind"] == "ZeroDivisionError"
    assert "conftest.py" in line["where"]
    assert "camille" not in str(line)


def test_static_files_and_health_leave_none(visitor):
    with capture_logs() as lines:
        visitor.get("/static/app.css")
        visitor.get("/healthz")

    assert lines == []
