"""How often one network may post, wherever a stranger can: counted for all processes together.

Above the ceiling, a page keeps what was typed and says when to send it again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from math import ceil
from typing import TypeVar

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_babel import format_time
from structlog import get_logger

from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Busy
from mailer.networks import network_of
from mailer.web import counters, problems, proof_of_work
from mailer.web.access import is_api, is_machine, is_public
from mailer.web.counters import EVERYBODY, HOUR, MINUTE, window
from mailer.web.forms import HONEYPOT, TOKEN

View = TypeVar("View", bound=Callable[..., object])

UNKNOWN = "0.0.0.0/24"
LONGEST_USER_AGENT = 200
# No page may repeat these: a passphrase, and one that is being chosen.
SECRETS = frozenset({"passphrase", "new"})
# Those, and fields of the moment.
NOT_KEPT = SECRETS | {
    TOKEN, HONEYPOT, "csrf_token", proof_of_work.CHALLENGE, proof_of_work.NUMBER
}  # fmt: skip
REFUSED = "refused "

log = get_logger()


class Door(Enum):
    """The four kinds of public posts, by what a stranger needs to send one."""

    FORM = "nothing"
    LINK = "a link that we signed"
    SIGN_IN = "a passphrase"
    PROGRAM = "a secret that was agreed on"


@dataclass(frozen=True)
class Ceiling:
    """So many posts of one network to one address of ours, a minute and an hour."""

    a_minute: int
    an_hour: int


def public_posts(view: View) -> View:
    """A form that anyone can fill."""
    view.door = Door.FORM  # type: ignore[attr-defined]  # the mark that door_of() reads
    return view


def sign_ins(view: View) -> View:
    """The door of the desk."""
    view.door = Door.SIGN_IN  # type: ignore[attr-defined]  # the mark that door_of() reads
    return view


def program_posts(view: View) -> View:
    """What only programs call, each with a secret or a signature that the view checks."""
    view.door = Door.PROGRAM  # type: ignore[attr-defined]  # the mark that door_of() reads
    return view


def door_of(app: Flask, endpoint: str) -> Door:
    """What posts to the endpoint count as; an unmarked one has a signed link in its address."""
    return getattr(app.view_functions[endpoint], "door", Door.LINK)


def user_agent() -> str:
    """The program that the request says it comes from, cut short."""
    return request.user_agent.string[:LONGEST_USER_AGENT]


def network() -> str:
    """The network that the request comes from: /24, or /56 in IPv6."""
    return network_of(request.remote_addr or "") or UNKNOWN


def ceiling_of(door: Door) -> Ceiling:
    """The ceiling of that door, as the settings have it."""
    config = current_app.config
    return {
        Door.FORM: Ceiling(config["POSTS_A_MINUTE"], config["POSTS_AN_HOUR"]),
        Door.LINK: Ceiling(config["LINK_POSTS_A_MINUTE"], config["LINK_POSTS_AN_HOUR"]),
        Door.SIGN_IN: Ceiling(config["SIGN_INS_A_MINUTE"], config["SIGN_INS_AN_HOUR"]),
        Door.PROGRAM: Ceiling(config["WEBHOOK_POSTS_A_MINUTE"], config["WEBHOOK_POSTS_AN_HOUR"]),
    }[door]


def check() -> Response | None:
    """Count a public post, and answer it here when its network has had its share."""
    endpoint = request.endpoint
    if request.method != "POST" or endpoint is None or not is_public(current_app, endpoint):
        return None
    at, door = now(), door_of(current_app, endpoint)
    with transaction():
        until = _counted(endpoint, ceiling_of(door), at)
        if until is None and door is Door.FORM and _lacks_proof(endpoint, at):
            until = at + proof_of_work.PATIENCE
    if until is None:
        return None
    log.warning("limit.reached", endpoint=endpoint)
    return wait(until, at)


def _lacks_proof(endpoint: str, at: datetime) -> bool:
    # What is posted without a form of ours has nowhere to carry one: its view asks on our page.
    if is_machine(current_app, endpoint):
        return False
    return proof_of_work.is_asked(at) and not proof_of_work.is_given(at)


def _counted(endpoint: str, ceiling: Ceiling, at: datetime) -> datetime | None:
    """The end of the window that is full, or None."""
    key = counters.pseudonym(network(), at)
    minute, hour = window(f"{endpoint} minute", key, MINUTE, at), window(endpoint, key, HOUR, at)
    everybody = window(endpoint, EVERYBODY, HOUR, at)
    numbers = counters.count((minute, hour, everybody))
    full = [minute.starts_at + MINUTE] if numbers[minute] > ceiling.a_minute else []
    full += [hour.starts_at + HOUR] if numbers[hour] > ceiling.an_hour else []
    if full:
        counters.count([window(REFUSED + endpoint, EVERYBODY, HOUR, at)])
    return max(full, default=None)


def wait(until: datetime, at: datetime) -> Response:
    """Nothing is lost: the page sends the same again, and says from when on (RFC 6585, 4)."""
    seconds = ceil((until - at).total_seconds())
    if is_api(request.path):
        answer = problems.answer(problems.of_status(429))
    elif request.endpoint and _is_program(request.endpoint):
        answer = Response("Too many requests.\n", 429, mimetype="text/plain")
    else:
        typed = [
            (name, value)
            for name, values in request.form.lists()
            if name not in NOT_KEPT
            for value in values
        ]
        page = render_template("web/wait.html", typed=typed, time=format_time(until, "medium"))
        answer = make_response(page, 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _is_program(endpoint: str) -> bool:
    """Whether nobody reads the answer: a mail program posts, not a form on somebody's site."""
    door = door_of(current_app, endpoint)
    return is_machine(current_app, endpoint) and door in {Door.LINK, Door.PROGRAM}


def busy(error: Busy) -> Response:
    """The same page, for a ceiling that an operation met."""
    at = now()
    with transaction():
        counters.count([window(f"{REFUSED}{request.endpoint}", EVERYBODY, HOUR, at)])
        counters.raise_alarm(at)
    return wait(error.until, at)


def install(app: Flask) -> None:
    """Count every public post; install it after the check of forms, which costs less."""
    proof_of_work.install(app)
    app.before_request(check)
    app.register_error_handler(Busy, busy)
