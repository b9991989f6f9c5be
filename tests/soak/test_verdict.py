"""The verdict of `make soak`, on samples whose verdict is known."""

from dataclasses import replace

import pytest
from soak.verdict import Sample, Work, findings

SECONDS = 1800
EVERY = 10
WORK = [Work("sign-up", 3600, 3600)]


def steady(at):
    """A program that does not change."""
    used, held = {"web": 140_000_000, "worker": 160_000_000}, {"web": 40, "worker": 50}
    return Sample(at, used, held, 4_000_000, (0.02,) * 99 + (0.1,) * 2)


def run(change=lambda _: {}):
    """The samples of half an hour, each changed as told."""
    samples = [steady(at) for at in range(EVERY, SECONDS + EVERY, EVERY)]
    return [replace(sample, **change(sample)) for sample in samples]


def broken(samples, work=WORK, errors=0):
    found = findings(samples, SECONDS, work, errors)
    return [each.what for each in found if not each.is_kept]


def web(value, other):
    return {"web": int(value), "worker": other}


def grown(share):
    """Memory of the site that grows by that share from the second window to the last."""
    return lambda s: {"memory": web(140e6 * (1 + share * (s.at - 450) / 1200), 160_000_000)}


def slower(first, times):
    """The slowest answers take so many times longer from then on."""
    return lambda s: {"seconds": (0.02,) * 99 + (0.1 * times,) * 2} if s.at > first else {}


def test_a_program_that_does_not_change_keeps_every_promise():
    assert broken(run()) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (grown(0.06), ["memory of web"]),
        (grown(0.04), []),
        # A program that fills its caches first, and then no more.
        (lambda s: {"memory": web(100e6 if s.at < 300 else 140e6, 160_000_000)}, []),
        # One that is large in a few instants.
        (lambda s: {"memory": web(300e6 if s.at % 100 == 0 else 140e6, 160_000_000)}, []),
        (lambda s: {"descriptors": web(40 + s.at // 60, 50)}, ["descriptors of web"]),
        # One in ten minutes.
        (lambda s: {"descriptors": web(40 + s.at // 600, 50)}, ["descriptors of web"]),
        (lambda s: {"descriptors": web(40 + s.at // 10 % 5, 50)}, []),
        # A pool's last connection, in the fourteenth minute.
        (lambda s: {"descriptors": web(40 if s.at < 840 else 42, 50)}, []),
        (lambda s: {"wal": 64 * 2**20 + 1 if s.at == 700 else 0}, ["write-ahead log"]),
        (lambda _: {"wal": 64 * 2**20}, []),
        (slower(1500, 1.6), ["p99 of answers"]),
        (slower(1500, 1.4), []),
        # Slow in the midst, quick again at the end.
        (lambda s: slower(600, 3)(s) if s.at < 900 else {}, ["p99 of answers"]),
    ],
)
def test_what_changes_too_much_is_named(change, what):
    assert broken(run(change)) == what


def test_a_database_whose_log_is_not_ours_is_not_judged_by_it():
    found = findings(run(lambda _: {"wal": None}), SECONDS, WORK, 0)
    assert [each.what for each in found if "log" in each.what] == []


def test_one_error_is_too_many():
    assert broken(run(), errors=1) == ["answers that were errors"]


def test_a_load_that_was_not_borne_proves_nothing():
    work = [Work("sign-up", 3600, 3239), Work("letter", 500_000, 450_000)]
    assert broken(run(), work) == ["done: sign-up"]


def test_a_run_with_a_gap_has_no_verdict():
    with pytest.raises(ValueError, match="no samples"):
        findings([s for s in run() if not 600 <= s.at < 950], SECONDS, WORK, 0)
    with pytest.raises(ValueError, match="no answers"):
        findings(run(lambda s: {"seconds": ()} if s.at >= 1500 else {}), SECONDS, WORK, 0)
