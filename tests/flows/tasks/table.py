"""The table of docs/usability.md: what each task may take, and what it took in each way."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from flows.tasks.figures import FIGURES, Figure
from flows.tasks.tally import Tally

PLACE = Path(__file__).parents[3] / "docs" / "usability.md"
HEAD = "| Task | May take | Mouse | Keyboard alone | Without JavaScript |"
WAYS = ("mouse", "keyboard", "without JavaScript")

Measured = Mapping[tuple[str, str], Tally]


def table(measured: Measured) -> str:
    """The whole table, in the order of the figures."""
    rows = (
        f"| {figure.task} | {allowed(figure)} |{''.join(_cells(figure, measured))}"
        for figure in FIGURES
    )
    return "\n".join([HEAD, "|---|---|---|---|---|", *rows]) + "\n"


def allowed(figure: Figure) -> str:
    """What it may take, as its cell says it."""
    parts = (
        _many(figure.clicks, "click"),
        _many(figure.pages, "page"),
        f"{figure.seconds} s" if figure.seconds else "",
        f"done within {figure.effect} s" if figure.effect else "",
        figure.also,
    )
    return ", ".join(filter(None, parts))


def _cells(figure: Figure, measured: Measured) -> Iterator[str]:
    for way in WAYS:
        tally = measured.get((figure.task, way))
        yield f" {_took(tally) if tally else ''} |"


def _took(tally: Tally) -> str:
    parts = (
        _many(tally.clicks, "click"),
        _many(tally.entries, "field") if tally.entries else "",
        _many(tally.keys - tally.points, "key") if tally.keys > tally.points else "",
        _many(tally.pages, "page"),
        f"{tally.seconds:.0f} s",
        f"done in {tally.effect:.1f} s" if tally.effect is not None else "",
    )
    return ", ".join(filter(None, parts))


def _many(number: int | None, noun: str) -> str:
    if number is None:
        return ""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def write(measured: Measured) -> None:
    """Put the table in place of the one that stands in the document."""
    text = PLACE.read_text(encoding="utf-8")
    before, _, rest = text.partition(HEAD)
    after = rest.partition("\n\n")[2]
    PLACE.write_text(f"{before}{table(measured)}\n{after}", encoding="utf-8")
