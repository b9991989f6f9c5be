"""`python -m bench.returned_mail`: how long the reading of returned mail takes, spoilt or not.

Aims: 1 ms at the median of real mail; of mutated and hostile mail, 20 ms for 99 in 100.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Iterable

from bounces.corpus import MADE, cases, raw
from bounces.mutations import hostile, mutated

from mailer.bounces.parse import read

SEED = 5322


def main() -> None:
    """Three lines: real, mutated, hostile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000)
    asked = parser.parse_args()
    mails = [raw(case) for case in cases("")]
    mails = mails or [path.read_bytes() for path in (MADE / "made").glob("*.eml")]
    sys.stdout.write(line("real", mails * 5))
    sys.stdout.write(line("mutated", mutated(mails, asked.mails, SEED)))
    for name, mail in hostile().items():
        sys.stdout.write(line(name, [mail] * 5))


def line(name: str, mails: Iterable[bytes]) -> str:
    """The times of the mails, in the time of this process."""
    took = sorted(timed(mail) for mail in mails)
    p50, p99 = statistics.median(took), took[int(len(took) * 0.99)]
    return f"{name:12} {len(took):6} mails  p50 {p50:6.2f} ms  p99 {p99:6.2f} ms\n"


def timed(mail: bytes) -> float:
    """Milliseconds of CPU, so that neighbours on the machine do not count."""
    start = time.process_time()
    read(mail)
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
