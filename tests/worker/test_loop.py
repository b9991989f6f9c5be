"""One run of each job at a time, and none that ends the worker."""

import threading
from datetime import timedelta

from mailer.worker.loop import Loop
from mailer.worker.schedule import Job


def test_a_job_is_run(fast, ran):
    fast.run("note")

    assert ran == ["note"]


def test_a_job_that_fails_is_told_of_without_what_it_said(fast, ran, capsys):
    fast.run("fail")
    fast.run("note")

    logged = capsys.readouterr().err
    assert "event=job.failed job=fail kind=LookupError" in logged
    assert "zoe" not in logged
    assert ran == ["note"]


def test_a_name_that_no_job_has_is_left(fast, ran):
    fast.run("gone with an older version")

    assert ran == []


def test_a_hundred_hints_while_it_runs_make_it_run_once_more(app):
    begun, go_on, runs = threading.Event(), threading.Event(), []

    def slow():
        runs.append(1)
        begun.set()
        go_on.wait(10)

    loop = Loop(app, (Job("slow", slow, timedelta(minutes=1)),))
    thread = threading.Thread(target=loop.run, args=("slow",))
    thread.start()
    begun.wait(10)
    for _ in range(100):
        loop.run("slow")
    go_on.set()
    thread.join()

    assert len(runs) == 2


def test_nothing_begins_after_the_signal_to_stop(fast, ran):
    fast.stopping.set()

    fast.run("note")

    assert ran == []
