"""Every job stands in the schedule once and does no harm when run twice."""

import ast

import pytest

from mailer.worker.schedule import JOBS


def test_every_job_has_a_name_of_its_own():
    assert len({job.name for job in JOBS}) == len(JOBS)


def test_every_hint_names_a_job(root):
    hinted = {
        call.args[0].value
        for path in root.glob("mailer/**/*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name | ast.Attribute)
        and getattr(call.func, "id", getattr(call.func, "attr", "")) == "hint"
        and isinstance(call.args[0], ast.Constant)
    }

    assert hinted <= {job.name for job in JOBS}


def test_every_jobs_module_is_in_the_schedule(root):
    scheduled = {job.function.__module__ for job in JOBS}
    modules = {
        ".".join(path.relative_to(root).with_suffix("").parts)
        for path in root.glob("mailer/**/jobs.py")
    }

    assert modules == scheduled


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_job_with_nothing_to_do_may_run_twice(database, job):
    with database.app_context():
        job.function()
        job.function()
