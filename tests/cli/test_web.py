"""`mailer web`: the site without jobs, on tables that are as they should be."""

import requests


def at(app):
    return {
        "MAILER_DATA_FOLDER": app.config["DATA_FOLDER"],
        "MAILER_DATABASE_URL": app.config["DATABASE_URL"],
    }


def test_the_site_answers_and_says_that_jobs_need_a_worker(app, serve, new_demo):
    site = serve("web", "--port", str(new_demo.port), **at(app))

    assert "jobs need a worker" in site.until("for http")
    answer = requests.get(f"{new_demo.url}/readyz", timeout=10)
    assert (answer.status_code, answer.json()["parts"]["workers"]) == (503, "unready")
    assert site.stop() == 0


def test_an_empty_database_is_refused_with_the_way_to_mend_it(serve, tmp_path):
    started = serve("web", "--port", "0", MAILER_DATA_FOLDER=str(tmp_path))

    assert started.end() == 1
    assert "run `mailer migrate`" in started.said
