"""Run the checks of mails and say of each how it went: make mail-check [ARGS="11 14"].

Seconds (check 8, and the times of 20, 21, 24 and 25) are shown by `make bench`, never by a test.
What cannot be made here, for want of a program, is named and counted as skipped.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from mail_check.checks import CHECKS, Check

REASON = re.compile(r"^Skipped: ")


@dataclass(eq=False)
class Reports:
    """What pytest tells of each test, kept as it comes."""

    outcomes: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            self.outcomes[report.nodeid] = report.outcome
        if report.skipped and isinstance(report.longrepr, tuple):
            self.reasons[report.nodeid] = REASON.sub("", str(report.longrepr[2]))

    def of(self, check: Check) -> Iterator[str]:
        """The tests of the check that were run."""
        return (node for node in self.outcomes if _belongs(node, check.tests))


def _belongs(node: str, tests: Sequence[str]) -> bool:
    return any(node == test or node.startswith((f"{test}[", f"{test}::")) for test in tests)


def wanted(numbers: Sequence[str]) -> list[Check]:
    """The checks of those numbers; all of them when none is given."""
    return [check for check in CHECKS if not numbers or str(check.number) in numbers]


def verdict(check: Check, reports: Reports) -> str:
    """How the check went, in a few words: one that looked at nothing has failed."""
    nodes = list(reports.of(check))
    counted = Counter(reports.outcomes[node] for node in nodes)
    if counted["failed"]:
        return f"FAILED   {counted['failed']} of {len(nodes)} tests"
    if not nodes:
        return "FAILED   no test was run"
    if counted["skipped"]:
        why = "; ".join(sorted({reports.reasons.get(node, "") for node in nodes} - {""}))
        return f"skipped  {counted['skipped']} of {len(nodes)} tests: {why}"
    return f"passed   {len(nodes)} tests"


def main(numbers: Sequence[str]) -> int:
    """Make the checks; 0 when none failed."""
    checks = wanted(numbers)
    tests = dict.fromkeys(test for check in checks for test in check.tests)
    reports = Reports()
    quiet = ["-q", "-p", "no:cacheprovider", "--no-header", "-k", "not postgresql"]
    pytest.main([*tests, *quiet], plugins=[reports])
    verdicts = {check: verdict(check, reports) for check in checks}
    print()
    for check, said in verdicts.items():
        print(f"{check.number:>2}  {check.what}\n    {said}")
    words = Counter(said.split()[0] for said in verdicts.values())
    print(f"\n{words['passed']} passed, {words['skipped']} skipped, {words['FAILED']} failed")
    return int(words["FAILED"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
