"""Calls of one route until something breaks, or as many as were asked for."""

from dataclasses import dataclass
from random import Random

from flask import Flask
from fuzz.calls import calls, plainly
from fuzz.request import Call
from fuzz.seen import Seen
from fuzz.world import World
from hypothesis import HealthCheck, Phase, given, seed, settings
from sqlalchemy import select
from werkzeug.routing import Rule

from mailer.accounts.models import Account
from mailer.db import db
from mailer.web.access import roles_of

BROKEN = 500
# What breaks rises as it is: this a view says on purpose, of itself or of a server it asks.
NOT_NOW = 503
ALL_HEALTH = list(HealthCheck)
# Posts here may end an account or its sessions.
SHUTTING = ("/bureau/compte", "/connexion", "/deconnexion", "/phrase-de-passe")
# After so many calls, what takes long to put back is put back.
WORN = 40
INVITING = "/bureau/comptes/invitation"


@dataclass(frozen=True)
class Route:
    """A rule and one of its methods."""

    rule: Rule
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule.rule}"


def routes(app: Flask) -> list[Route]:
    """Every route of the application that has a view of ours."""
    return sorted(
        (
            Route(rule, method)
            for rule in app.url_map.iter_rules()
            for method in rule.methods & {"GET", "POST", "PATCH", "DELETE"}
            if roles_of(app, rule.endpoint) is not None
        ),
        key=str,
    )


def hunt(world: World, seen: Seen, route: Route, profile: settings, number: int = 0) -> None:
    """Raise what the least call raised that breaks the route."""

    @seed(number)
    @settings(profile)
    @given(call=calls(seen, route.rule, route.method))
    def call_it(call: Call) -> None:
        if world.database.is_quick or world.touched > WORN:
            world.put_back()
        check(world, call)

    call_it()


def check(world: World, call: Call) -> None:
    """The answer is none of a program that broke, and the next one is given."""
    answer = world.send(call)
    assert answer.status_code < BROKEN or answer.status_code == NOT_NOW, answer.status
    assert answer.mimetype != "text/html" or "Traceback" not in answer.text
    assert db.session.scalars(select(Account.id)).first()


def step(world: World, seen: Seen, random: Random) -> tuple[Route, Call]:
    """Some form that a page shows, filled as a person would."""
    sent = [route for route in routes(world.app) if _may_be_sent(seen, route)]
    route = random.choice(sent)
    form = random.choice(seen.forms_to(route.rule, route.method))
    return route, plainly(form, seen.readers(route.rule)[0], random)


def _may_be_sent(seen: Seen, route: Route) -> bool:
    """Whether a form goes there, and nobody of the desk is shut out by it."""
    shuts = route.rule.rule.startswith(SHUTTING) and not route.rule.rule.startswith(INVITING)
    return route.method == "POST" and not shuts and bool(seen.forms_to(route.rule, "POST"))


def profile(examples: int, *, is_quick: bool) -> settings:
    """So many calls; only what is put back before each of them can be made smaller."""
    phases = [Phase.generate, Phase.shrink] if is_quick else [Phase.generate]
    return settings(
        max_examples=examples,
        phases=phases,
        database=None,
        deadline=None,
        suppress_health_check=ALL_HEALTH,
        report_multiple_bugs=False,
        print_blob=False,
    )
