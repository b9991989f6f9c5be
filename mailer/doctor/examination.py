"""All looks at once, each with the same deadline: one that hangs keeps no other waiting."""

from collections.abc import Callable, Iterable, Mapping
from threading import Thread
from time import monotonic

from mailer.doctor.finding import Finding, fault

Check = Callable[[], Iterable[Finding]]


class Look(Thread):
    """One check under way; what it raises is told on the error output, as threads do."""

    def __init__(self, name: str, check: Check) -> None:
        # The program ends without waiting for one that hangs.
        super().__init__(name=name, daemon=True)
        self._check = check
        self.found: list[Finding] | None = None

    def run(self) -> None:
        self.found = list(self._check())


def examine(checks: Mapping[str, Check], seconds: float) -> list[Finding]:
    """What the checks find within so many seconds, in their order."""
    looks = [Look(name, check) for name, check in checks.items()]
    for look in looks:
        look.start()
    end = monotonic() + seconds
    for look in looks:
        look.join(max(0.0, end - monotonic()))
    return [finding for look in looks for finding in _told(look, seconds)]


def _told(look: Look, seconds: float) -> list[Finding]:
    if look.found is not None:
        return look.found
    if look.is_alive():
        said = f"nothing came of it within {seconds:g} seconds"
        return [fault(look.name, said, "see what it waits for: a server that is slow, or a wall")]
    return [fault(look.name, "it could not be looked at", "see the error above")]
