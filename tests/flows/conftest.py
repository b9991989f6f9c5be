"""The program as its users meet it: a running demonstration and a real browser."""

from collections.abc import Iterator

import pytest
from demonstration import Demo, running
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture
def page(chromium: Browser, demo: Demo) -> Iterator[Page]:
    """A page of a visitor whose browser speaks French; it fails on any error in its console."""
    context = chromium.new_context(base_url=demo.url, locale="fr-FR")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # A refused form is answered with 422, which Chromium reports in its console.
    assert [line for line in complaints if "422" not in line] == []
