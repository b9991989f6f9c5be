"""Every route says who may call it, and every post is protected."""

from werkzeug.exceptions import MethodNotAllowed

import mailer.links
from mailer.abuse.labels import LABELS
from mailer.accounts.roles import Role
from mailer.web.access import FACTOR_OWED, KEYED, PUBLIC, SIGNED_IN, is_machine, roles_of
from mailer.web.limits import Door, door_of

# Posts of programs, which carry no form: each is safe for the reason beside it.
PROGRAMS = {
    "subscriptions.one_click": "RFC 8058: the signed token in the address is the right to leave",
    "bounces.take_in": "a secret or a signature, checked before anything is read",
    "embedding.subscribe_elsewhere": "taken from declared origins only; it signs nobody in",
}

TOKEN = "a-token"


def test_every_route_says_who_may_call_it(app):
    silent = {r.endpoint for r in app.url_map.iter_rules() if roles_of(app, r.endpoint) is None}

    assert silent == set()


def test_every_role_on_a_route_exists(app):
    named = {role for r in app.url_map.iter_rules() for role in roles_of(app, r.endpoint)}

    assert named - set(Role) <= {PUBLIC, SIGNED_IN, FACTOR_OWED, KEYED}


def test_only_listed_routes_take_a_post_without_a_form(app):
    machines = {r.endpoint for r in app.url_map.iter_rules() if is_machine(app, r.endpoint)}

    assert machines == set(PROGRAMS)


def test_every_post_without_a_signed_link_counts_as_a_strangers(app):
    generous = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
        and PUBLIC in roles_of(app, rule.endpoint)
        and "token" not in rule.arguments
        and door_of(app, rule.endpoint) is Door.LINK
    }

    assert generous == set()


def test_every_public_post_is_counted_under_a_name(app):
    counted = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and PUBLIC in roles_of(app, rule.endpoint)
    }

    assert counted == {kind for kind in LABELS if "." in kind}


def test_the_desk_is_never_public(app):
    public = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/bureau") and PUBLIC in roles_of(app, rule.endpoint)
    }

    assert public == set()


def test_every_link_leads_to_a_route(app):
    addresses = app.url_map.bind("localhost")
    lost = [name for name, path in links(app) if not leads_somewhere(addresses, path)]

    assert lost == []


def links(app):
    base = app.config["BASE_URL"]
    for name, link in vars(mailer.links).items():
        if getattr(link, "__module__", "") == "mailer.links" and name != "absolute":
            arguments = [TOKEN] * link.__code__.co_argcount
            yield name, link(*arguments).removeprefix(base)


def leads_somewhere(addresses, path):
    try:
        return addresses.test(path, "GET") or addresses.test(path, "POST")
    except MethodNotAllowed:
        return False
