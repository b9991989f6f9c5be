"""The program as its users meet it: a running demonstration and a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from demonstration import Demo, running
from flask import Flask
from flows.test_main_job import sign_in
from playwright.sync_api import Browser, Page
from served import Site, serving


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


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Iterator[Site]:
    """The site in this process, on each database; a test may travel in time with it."""
    with serving(app, tmp_path) as site:
        yield site


@pytest.fixture
def reader(chromium: Browser, site: Site) -> Iterator[Page]:
    """A page of a visitor of that site."""
    context = chromium.new_context(base_url=site.url, locale="fr-FR")
    yield context.new_page()
    context.close()


@pytest.fixture
def desk_of(chromium: Browser, site: Site) -> Iterator[Callable[[str], Page]]:
    """`desk_of("Anne")`: a page of that officer, signed in."""
    contexts = []

    def signed_in(name: str) -> Page:
        context = chromium.new_context(base_url=site.url, locale="fr-FR")
        contexts.append(context)
        page = context.new_page()
        sign_in(page, site.officer(f"{name.lower()}@exemple.fr", name))
        return page

    yield signed_in
    for context in contexts:
        context.close()
