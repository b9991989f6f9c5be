from datetime import timedelta

import pytest

from mailer.worker import loop
from mailer.worker.schedule import Job


@pytest.fixture
def ran():
    """The names of the jobs that ran."""
    return []


@pytest.fixture
def fast(app, ran):
    """A loop over jobs of its own: `note` is remembered, `fail` fails."""

    def fail():
        raise LookupError("zoe@exemple.fr")

    jobs = (
        Job("note", lambda: ran.append("note"), timedelta(minutes=1)),
        Job("fail", fail, timedelta(minutes=1)),
    )
    return loop.Loop(app, jobs)
