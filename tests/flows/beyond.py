"""Pages that no link leads to: behind the tokens of mails, after a refusal, after a post.

Forms are sent as a browser without scripts does, so that each answer is a page of its own.
"""

import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from demonstration import OPEN, Demo
from flask import Flask
from flows.walking import shape
from fuzz import tokens
from playwright.sync_api import Page, Response

from mailer.app import create_app
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.transports.receiver import LOOPBACK
from mailer.networks import network_of
from mailer.web import counters
from mailer.web.access import is_public
from mailer.web.counters import HOUR, Counter

# Five are compared, one more waits.
WRONG_PASSPHRASES = 6
# A row that is there, one that never was, and what nobody signed.
TOKENS = (0, 4, 5)
SIGN_UP = "/inscriptions"
SOURCES = "/bureau/sources"
# More than the longest wait for a site.
TOLD_SECONDS = 90
# What answers with a file, or with a letter of its own look.
NO_PAGE = re.compile(r"/m/|/lettres/|/calendrier/|.*\.(?:zip|pdf|txt)$")
NAMES = re.compile(r"<(?:title|h1)\b.*?</(?:title|h1)>", re.DOTALL)

# The forms with something to type, by their number on the page, with where they go.
TYPED = """
() => [...document.forms].flatMap((form, at) =>
  form.method === "post" && [...form.elements].some(each => each.type !== "hidden"
    && !each.closest("[aria-hidden]") && (each.required || each.matches(
      "textarea, [type=text], [type=email], [type=url], [type=password], [type=date], "
      + "[type=file]")))
    ? [[at, new URL(form.action).pathname]] : [])
"""
POSTING = """
() => [...document.forms].flatMap((form, at) =>
  form.method === "post" ? [[at, new URL(form.action).pathname]] : [])
"""
EMPTIED = """
at => {
  const form = document.forms[at];
  for (const each of form.elements) {
    if (["checkbox", "radio"].includes(each.type)) each.checked = false;
    else if (!["hidden", "submit", "button"].includes(each.type)) each.value = "";
  }
  HTMLFormElement.prototype.submit.call(form);
}
"""
PRESSED = """
at => {
  const form = document.forms[at];
  const button = [...form.elements].find(each => each.type === "submit" && each.name);
  if (button) form.append(Object.assign(document.createElement("input"),
    {type: "hidden", name: button.name, value: button.value}));
  HTMLFormElement.prototype.submit.call(form);
}
"""
BENT = """
at => {
  const form = document.forms[at];
  form.querySelector("[name=form_token], [name=csrf_token]").value = "x";
  HTMLFormElement.prototype.submit.call(form);
}
"""


@dataclass(frozen=True)
class Shown:
    """A page in the browser: how it was come by, and what the server sent."""

    name: str
    text: str


@dataclass(frozen=True)
class Beyond:
    """What was sent where, and shown, so far: nothing is twice."""

    sent: set[tuple[str, str]] = field(default_factory=set)
    looks: set[tuple[int | str, ...]] = field(default_factory=set)

    def opened(self, page: Page, paths: list[str]) -> Iterator[Shown]:
        """Each of these pages, unless one of its status, title and heading was seen."""
        for path in paths:
            yield from self._new(page.goto(path), shape(path))

    def refused(self, page: Page, paths: list[str]) -> Iterator[Shown]:
        """What is answered to the forms of these pages when nothing is filled in."""
        yield from self._sent(page, paths, TYPED, EMPTIED)

    def pressed(self, page: Page, paths: list[str]) -> Iterator[Shown]:
        """What is answered to the forms of these pages when they are sent as they stand."""
        yield from self._sent(page, paths, POSTING, PRESSED)

    def bent(self, page: Page, paths: list[str]) -> Iterator[Shown]:
        """What is answered to a form that did not come from us."""
        yield from self._sent(page, paths, POSTING, BENT)

    def waiting(self, page: Page) -> Iterator[Shown]:
        """What somebody is answered who goes on trying to sign in."""
        for number in range(WRONG_PASSPHRASES):
            page.goto("/connexion")
            page.fill("[name=email]", "personne@exemple.fr")
            page.fill("[name=passphrase]", "une phrase que personne ne dit")
            with page.expect_navigation() as waited:
                page.evaluate(PRESSED, 0)
            yield from self._new(waited.value, f"/connexion {number}")

    def crowded(self, page: Page) -> Iterator[Shown]:
        """What a visitor is answered who signs up once their network has had its share."""
        page.goto("/")
        page.fill("[name=email]", "visiteuse@exemple.fr")
        (at,) = (number for number, action in page.evaluate(POSTING) if action == SIGN_UP)
        with page.expect_navigation() as waited:
            page.evaluate(PRESSED, at)
        yield from self._new(waited.value, SIGN_UP)

    def given(self, page: Page, demo: Demo) -> Iterator[Shown]:
        """What an editor is shown who tries a site that never answers, then one that does."""
        page.route("**/avancement", lambda route: route.fulfill(status=204))
        with socket.create_server((LOOPBACK, 0)) as silent:
            port = silent.getsockname()[1]
            yield from _tried(page, f"http://{LOOPBACK}:{port}/{'sans-fin-' * 20}")
        yield from _tried(page, f"{demo.url}/demo/flux.xml")
        page.unroute("**/avancement")
        yield from _shown(page, SOURCES, "with what was given")

    def _sent(self, page: Page, paths: list[str], which: str, how: str) -> Iterator[Shown]:
        for path in paths:
            page.goto(path)
            for at, action in page.evaluate(which):
                if (how, shape(action)) in self.sent:
                    continue
                self.sent.add((how, shape(action)))
                page.goto(path)
                # What was sent before may have taken the form away.
                if [at, action] not in page.evaluate(which):
                    continue
                with page.expect_navigation() as waited:
                    page.evaluate(how, at)
                yield from self._new(waited.value, f"{path} -> {shape(action)}")

    def _new(self, answer: Response | None, way: str) -> Iterator[Shown]:
        """The page, unless one of its status, title and heading was seen."""
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            return
        text = answer.text()
        looks = (answer.status, *NAMES.findall(text))
        if looks not in self.looks:
            self.looks.add(looks)
            yield Shown(f"{way} {answer.status}", text)


def _tried(page: Page, url: str) -> Iterator[Shown]:
    """The page that waits for what stands at the address, then what is told of it."""
    page.goto(SOURCES)
    page.fill("[name=url]", url)
    (at,) = (number for number, action in page.evaluate(POSTING) if action == SOURCES)
    with page.expect_navigation() as waited:
        page.evaluate(PRESSED, at)
    look = urlsplit(page.url).path
    yield Shown(f"{look} waiting", waited.value.text())
    until = time.monotonic() + TOLD_SECONDS
    while "hx-refresh" not in page.request.get(f"{look}/avancement").headers:
        assert time.monotonic() < until, f"nothing is told of {url}"
        time.sleep(0.5)
    yield from _shown(page, look, "told")


def _shown(page: Page, path: str, when: str) -> Iterator[Shown]:
    answer = page.goto(path)
    assert answer is not None
    yield Shown(f"{path} {when}", answer.text())


def take_the_share(demo: Demo) -> None:
    """Let the network of the browser have signed up as often as it may, in this hour and the next.

    Whatever the clock says, nobody signs up there any more: this comes last.
    """
    of_all = int(OPEN["POSTS_AN_HOUR"])
    with _program_of(demo).app_context():
        with transaction():
            for at in (now(), now() + HOUR):
                key = counters.pseudonym(str(network_of(LOOPBACK)), at)
                taken = counters.window("subscriptions.create", key, HOUR, at)
                db.session.merge(Counter(**vars(taken), number=of_all))
        db.engine.dispose()


def signed(demo: Demo) -> list[str]:
    """The addresses of mails: tokens that the demonstration signed, and some that it did not."""
    app = _program_of(demo)
    with app.app_context():
        return [
            rule.rule.replace("<token>", tokens.of(rule.rule)[number])
            for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule)
            if rule.arguments == {"token"} and "GET" in (rule.methods or ())
            if is_public(app, rule.endpoint) and not NO_PAGE.match(rule.rule)
            for number in TOKENS
        ]


def _program_of(demo: Demo) -> Flask:
    """The program on the data of the demonstration."""
    return create_app({"DATA_FOLDER": str(demo.folder), "BASE_URL": demo.url})
