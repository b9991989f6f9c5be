"""What a command says of a step that takes its time: how far it is, every few seconds."""

from dataclasses import dataclass, field
from time import monotonic

import click

from mailer import progress

EVERY = 5  # seconds


@dataclass
class Waiting:
    """The counts of one step, on the standard error; nothing of one that is over at once."""

    what: str
    began: float = field(default_factory=monotonic)
    spoke: float = field(default_factory=monotonic)

    def __call__(self, done: int, whole: int) -> None:
        """Say them, unless they were said a moment ago."""
        at = monotonic()
        if at - self.spoke >= EVERY:
            self.spoke = at
            line = progress.said(self.what, done, whole, at - self.began)
            click.echo(f"  {line}", err=True)
