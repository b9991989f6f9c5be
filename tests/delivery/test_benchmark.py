"""The short form of `make bench-delivery`, so that it can be run on any day."""

import subprocess
import sys

from bench.measures import PATHS


def test_the_benchmark_measures_our_transport_and_a_whole_campaign():
    command = [sys.executable, "-W", "ignore", "-m", "bench"]
    run = subprocess.run(  # noqa: S603 - our own interpreter and module
        [*command, "--short", "--people", "200", "--sizes", "5"],
        env={"PYTHONPATH": PATHS, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    measured = {line.split("|")[1].strip() for line in run.stdout.splitlines() if "| 5 |" in line}
    assert measured >= {"smtplib", "our transport", "campaign, sqlite"}
