"""Reports in words: the shapes in the order in which they are tried.

listed > transcripts > sentences > guessing; the first that finds somebody is right.
"""

from collections.abc import Callable
from dataclasses import replace

from mailer.bounces import dsn
from mailer.bounces.findings import Finding
from mailer.bounces.report import Report
from mailer.bounces.shapes import guessing, listed, sentences, transcripts
from mailer.bounces.wording import folded

# What says that nothing is decided yet; in folded text.
DELAYS = (
    *("warning only", "warning message only", "just a warning", "has been delayed"),
    *("not yet been delivered", "will be retried", "attempts will continue", "delayed mail"),
    *("continue to attempt delivery", "continue to try to deliver", "delivery delayed"),
    *("pas encore pu etre remis", "pas encore ete remis", "sera retentee", "remise retardee"),
)


def _written_out(report: Report) -> list[Finding]:
    """The fields of RFC 3464, written into the text instead of a part of their own."""
    return dsn.read(report.text) if "final-recipient:" in report.text.lower() else []


SHAPES: tuple[Callable[[Report], list[Finding]], ...] = (
    _written_out,
    listed.read,
    transcripts.read,
    sentences.read,
    guessing.read,
)


def read(report: Report) -> list[Finding]:
    """The recipients that the text tells of, with what it says of each."""
    found = next((found for shape in SHAPES if (found := shape(report))), [])
    if _is_delay(report):
        found = [replace(each, action="delayed") for each in found]
    if len(found) == 1:
        found = [replace(found[0], around=f"{found[0].around} {report.text}")]
    if not report.failed:
        return found
    told = {each.recipient.lower(): each for each in found}
    return [told.get(each.lower(), Finding(each, report.text)) for each in report.failed]


def _is_delay(report: Report) -> bool:
    said = folded(f"{report.subject} {report.text}")
    return any(each in said for each in DELAYS)
