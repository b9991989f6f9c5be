"""docs/usability.md has a row for each task, measured in each way, and none over its figure."""

import re

import pytest
from flows.tasks import table
from flows.tasks.figures import FIGURES
from named_tests import missing


@pytest.fixture(scope="module")
def rows():
    """What stands in the table, by task: what it may take, then what it took in each way."""
    text = table.PLACE.read_text(encoding="utf-8").partition(table.HEAD)[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.split("\n")]
    return {task: took for task, *took in cells[2:]}


def test_every_task_has_its_row_and_its_figure(rows):
    assert {task: took[0] for task, took in rows.items()} == {
        figure.task: table.allowed(figure) for figure in FIGURES
    }


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.task)
def test_what_was_measured_is_no_more_than_the_figure(rows, figure):
    _, by_mouse, by_keys, bare = rows[figure.task]
    assert by_mouse
    assert by_keys
    for took in filter(None, (by_mouse, by_keys, bare)):
        assert number(took, r"(\d+) click") <= (99 if figure.clicks is None else figure.clicks)
        assert number(took, r"(\d+) page") <= (99 if figure.pages is None else figure.pages)
        assert number(took, r"(?<!in )\b(\d+) s\b") <= (figure.seconds or 999)
        if figure.effect:
            assert 0 < number(took, r"done in ([\d.]+) s") <= figure.effect


def number(took, pattern):
    """The number that the cell gives in those words; 0 where it gives none."""
    found = re.search(pattern, took)
    return float(found.group(1)) if found else 0


def test_the_other_figures_name_tests_that_exist(request):
    text = table.PLACE.read_text(encoding="utf-8")

    assert len(re.findall(r"tests/[\w/]+\.py::", text)) >= 4
    assert missing(request.config.rootpath, text) == []
