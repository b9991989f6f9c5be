"""What the worker does for letters."""

from mailer.clock import now
from mailer.db import transaction
from mailer.newsletters import digest_queries, digest_runs
from mailer.newsletters.digest_states import RunState


def compose_digests() -> None:
    """Take the periods whose hour has come, and bring each a step on: every step commits."""
    while _claims():
        pass
    for state, step in (
        (RunState.CLAIMED, digest_runs.compose),
        (RunState.COMPOSED, digest_runs.settle),
    ):
        with transaction():
            runs = digest_queries.runs_in(state)
        for run_id in runs:
            with transaction():
                step(run_id, now())


def _claims() -> bool:
    with transaction():
        return digest_runs.claim(now())
