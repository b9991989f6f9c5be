"""The forms of a page, and the links, as a browser would find them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from lxml import html

from mailer.web.forms import HONEYPOT, TOKEN

# What is added when it is sent, and what people do not see.
NOT_FILLED = {"csrf_token", TOKEN, HONEYPOT}
CONTROLS = ".//input[@name] | .//select[@name] | .//textarea[@name] | .//button[@name]"
LINKS = "//a/@href | //iframe/@src | //img/@src | //*/@hx-get | //*/@hx-post"
CHOSEN = {"radio", "checkbox", "select", "button", "submit", "hidden"}


@dataclass(frozen=True)
class Field:
    """All controls of one name: what kind they are, and the values that they offer or hold."""

    name: str
    kind: str
    values: tuple[str, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether a reader can send no other value than these."""
        return self.kind in CHOSEN


@dataclass(frozen=True)
class Form:
    """Where it goes, and its fields in their order."""

    method: str
    path: str
    query: str
    fields: tuple[Field, ...]


def forms(page: str, text: str) -> Iterator[Form]:
    """Every form of the page at that address, once for each place that its buttons send it to."""
    tree = html.fromstring(text)
    for form in tree.xpath("//form"):
        controls = [*form.xpath(CONTROLS), *_elsewhere(tree, form)]
        method = (form.get("method") or "get").upper()
        made = Form(method, *_parts(page, form.get("action") or page), tuple(_fields(controls)))
        yield made
        for action in form.xpath(".//button/@formaction"):
            path, query = _parts(page, action)
            yield replace(made, path=path, query=query)


def links(page: str, text: str) -> Iterator[tuple[str, str]]:
    """The path and the query of every link of the page that stays on the site."""
    for href in html.fromstring(text).xpath(LINKS):
        if not urlsplit(href).scheme and not urlsplit(href).netloc:
            yield _parts(page, href)


def _elsewhere(tree: html.HtmlElement, form: html.HtmlElement) -> list[html.HtmlElement]:
    """The controls that name the form and stand outside of it."""
    name = form.get("id")
    return tree.xpath("//*[@form=$name][@name]", name=name) if name else []


def _parts(page: str, address: str) -> tuple[str, str]:
    parts = urlsplit(urljoin(page, address))
    return parts.path, parts.query


def _fields(controls: list[html.HtmlElement]) -> Iterator[Field]:
    kinds: dict[str, str] = {}
    values: dict[str, list[str]] = {}
    for control in controls:
        name = control.get("name")
        is_input = control.tag == "input"
        kinds.setdefault(name, control.get("type", "text") if is_input else control.tag)
        values.setdefault(name, []).extend(_values(control))
    for name, kind in kinds.items():
        if name not in NOT_FILLED:
            yield Field(name, kind, tuple(dict.fromkeys(values[name])))


def _values(control: html.HtmlElement) -> list[str]:
    if control.tag == "select":
        chosen = control.xpath(".//option[@selected]") + control.xpath(".//option")
        return [option.get("value", option.text or "") for option in chosen]
    if control.tag == "textarea":
        return [control.text] if control.text else []
    held = control.get("value")
    return [held] if held is not None else []
