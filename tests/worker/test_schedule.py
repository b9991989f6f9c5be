"""Every job stands in the schedule once, and every hint names one."""

import ast
from pathlib import Path

from mailer.worker.schedule import JOBS

PACKAGE = Path(__file__).parents[2] / "mailer"


def test_every_job_has_a_name_of_its_own():
    assert len({job.name for job in JOBS}) == len({job.function for job in JOBS}) == len(JOBS)


def test_every_job_of_a_domain_is_scheduled():
    defined = {
        f"mailer.{path.parent.name}.jobs.{node.name}"
        for path in PACKAGE.glob("*/jobs.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not node.args.args
    }

    scheduled = {f"{job.function.__module__}.{job.function.__name__}" for job in JOBS}
    # Done once, before a worker's first job (worker/run.py).
    assert defined - scheduled == {"mailer.rights.jobs.replay_erasures"}


def test_a_second_run_finds_nothing_to_do(app):
    for job in JOBS * 2:
        job.function()
