"""What a walk through the pages finds: addresses, queries and forms of each route."""

import inspect
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from fuzz import forms, tokens
from fuzz.forms import Field, Form
from fuzz.programs import DOCUMENT, Document
from fuzz.request import Call
from fuzz.world import PROGRAM, STAFF, VISITOR, World
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from mailer.db import db
from mailer.mail.models import OutboxMessage
from mailer.web.access import KEYED, SIGNED_IN, is_public, roles_of

ADDRESSES_A_ROUTE = 4
FORMS_A_ROUTE = 6
OK = 200
ASKED = re.compile(r"""args(?:\.get|\.getlist)?[(\[]\s*["'](\w+)["']""")
IN_A_MAIL = re.compile(r"https?://[^\s\"'<>)]+")
# Numbers of rows that are gone or never were, and what stands in no address.
ABSENT = ("0", "999999", "2147483647", "absent")


@dataclass(repr=False)
class Seen:
    """By route: its addresses, the values of its queries, the forms that go there."""

    app: Flask
    document: Document
    paths: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    queries: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    forms: dict[tuple[str, str], list[Form]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    known: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def fields(self) -> list[Field]:
        """Every field of any form, for a route that no form was seen to go to."""
        every = {
            each.name: each for sent in self.forms.values() for form in sent for each in form.fields
        }
        return [every[name] for name in sorted(every)]

    def forms_to(self, rule: Rule, method: str) -> list[Form]:
        return self.forms.get((rule.endpoint, method), [])

    def values(self, rule: Rule, name: str) -> tuple[str, ...]:
        """What can stand in that part of the address."""
        made = self.tokens_of(rule) if name == "token" else []
        return (*made, *self.parts.get(name, []), *ABSENT)

    def tokens_of(self, rule: Rule) -> list[str]:
        return tokens.of(rule.rule)

    def asked(self, rule: Rule) -> set[str]:
        """The names that the module of the view reads from a query."""
        view = inspect.unwrap(self.app.view_functions[rule.endpoint])
        return _read_in(view.__module__)

    def readers(self, rule: Rule) -> list[str]:
        """Everybody; first who may."""
        if is_public(self.app, rule.endpoint):
            return [VISITOR, VISITOR, VISITOR, "admin", "editor"]
        roles = roles_of(self.app, rule.endpoint) or frozenset()
        if KEYED in roles:
            return [PROGRAM, PROGRAM, PROGRAM, PROGRAM, "admin", VISITOR]
        fit = [part for part, each in STAFF.items() if roles & {SIGNED_IN, *each.roles}]
        return [*reversed(fit), *reversed(fit), *STAFF, VISITOR]

    def note(self, path: str, query: str, method: str = "GET") -> str | None:
        """Keep an address under its route; the route when it is one more of it."""
        try:
            endpoint, arguments = self.app.url_map.bind("localhost").match(path, method)
        except HTTPException:
            return None
        for name, value in parse_qsl(query, keep_blank_values=True):
            values = self.queries[endpoint].setdefault(name, [])
            if value not in values and len(values) < ADDRESSES_A_ROUTE:
                values.append(value)
        for name, value in arguments.items():
            if str(value) not in self.parts[name] and len(self.parts[name]) < 4 * ADDRESSES_A_ROUTE:
                self.parts[name].append(str(value))
        if path not in self.paths[endpoint] and len(self.paths[endpoint]) < ADDRESSES_A_ROUTE:
            self.paths[endpoint].append(path)
            return str(endpoint)
        return None

    def keep(self, form: Form) -> None:
        """Keep a form under the route that it goes to."""
        try:
            endpoint, _ = self.app.url_map.bind("localhost").match(form.path, form.method)
        except HTTPException:
            return
        shape = (form.path, *(each.name for each in form.fields))
        kept = self.forms[endpoint, form.method]
        if (endpoint, str(shape)) not in self.known and len(kept) < FORMS_A_ROUTE:
            self.known.add((endpoint, str(shape)))
            kept.append(form)
        self.note(form.path, form.query, form.method)


@cache
def _read_in(module: str) -> set[str]:
    return set(ASKED.findall(inspect.getsource(sys.modules[module])))


def walk(world: World) -> Seen:
    """Follow every link from the two first pages and from the mails that wait."""
    seen = Seen(world.app, Document(world.browser(VISITOR).get(DOCUMENT).json))
    _asked_by_programs(world, seen)
    for who, starts in ((VISITOR, ["/", *_mailed(world)]), ("admin", ["/bureau"])):
        waiting = [(start, "") for start in starts + _plain(world.app, who)]
        for path, query in waiting:
            seen.note(path, query)
        while waiting:
            path, query = waiting.pop(0)
            waiting += [(path, query) for path, query in _page(world, seen, who, path, query)]
    return seen


def _asked_by_programs(world: World, seen: Seen) -> None:
    """The queries of each list of theirs, and the addresses of its first rows."""
    for rule in world.app.url_map.iter_rules():
        if KEYED in (roles_of(world.app, rule.endpoint) or ()) and "GET" in rule.methods:
            seen.queries[rule.endpoint] |= seen.document.parameters(rule, "GET")
            if not rule.arguments:
                rows = world.send(Call(PROGRAM, "GET", rule.rule)).json["data"]
                for row in rows[:ADDRESSES_A_ROUTE]:
                    for method in ("GET", "PATCH", "DELETE"):
                        seen.note(f"{rule.rule}/{row['id']}", "", method)


def _plain(app: Flask, who: str) -> list[str]:
    """The addresses without parts, linked or not; and of those with a token, some."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    rules = [rule for rule in rules if is_public(app, rule.endpoint) == (who == VISITOR)]
    plain = [rule.rule for rule in rules if not rule.arguments]
    signed = [
        rule.rule.replace("<token>", token)
        for rule in rules
        if rule.arguments == {"token"}
        for token in tokens.of(rule.rule)[:2]
    ]
    return sorted(plain) + signed


def _page(world: World, seen: Seen, who: str, path: str, query: str) -> Iterator[tuple[str, str]]:
    """Read one page; what it leads to that is new."""
    answer = world.browser(who).get(path, query_string=query)
    if answer.status_code != OK or answer.mimetype != "text/html" or not answer.text.strip():
        return
    for form in forms.forms(path, answer.text):
        seen.keep(form)
    for href, asked in forms.links(path, answer.text):
        if seen.note(href, asked):
            yield href, asked


def _mailed(world: World) -> list[str]:
    """Where the mails lead that wait to be sent."""
    texts = db.session.scalars(select(OutboxMessage.text)).all()
    found = [urlsplit(link).path for text in texts for link in IN_A_MAIL.findall(text or "")]
    return list(dict.fromkeys(found))
