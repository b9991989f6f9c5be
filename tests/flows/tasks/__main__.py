"""Do every task in every way, and write what each took into docs/usability.md: make tasks."""

import sys
from pathlib import Path

import pytest
from flows.tasks import table
from flows.tasks.tally import Tally


class Kept:
    """What the tests measured, by task and way."""

    def __init__(self) -> None:
        self.measured: dict[tuple[str, str], Tally] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, value in report.user_properties:
            if name == "measured" and report.when == "call":
                task, way, tally = value
                self.measured[task, way] = Tally(**tally)


def main() -> int:
    """The table is written when every task keeps to its figures."""
    kept = Kept()
    status = pytest.main([str(Path(__file__).parent), *sys.argv[1:]], plugins=[kept])
    sys.stdout.write(table.table(kept.measured))
    if status == pytest.ExitCode.OK:
        table.write(kept.measured)
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
