"""Route by role by object: what one may not see answers as what does not exist.

The demonstration is loaded once, on SQLite; one browser for each role, and one of a stranger.
"""

import re
from contextlib import suppress
from dataclasses import dataclass

import pytest
from accounts import objects
from accounts.objects import ABSENT, absent, present
from browser import Browser
from databases import SETTINGS
from lxml import html
from sqlalchemy import text
from werkzeug.exceptions import HTTPException

from mailer.accounts import operations
from mailer.accounts.roles import Role
from mailer.app import create_app
from mailer.cli.migrate import bring_up_to_date
from mailer.clock import now
from mailer.db import db, transaction
from mailer.demo import load
from mailer.demo.people import ACCOUNTS
from mailer.web.access import FACTOR_OWED, PUBLIC, SIGNED_IN, is_desk, is_keyed, roles_of

PASSPHRASE = "sept phares et une marée"
NOWHERE = f"/bureau/nulle-part/{ABSENT}"

# Signed anew each second.
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
# Pages of which the newest object is of another kind or somebody else's: a letter that is not
# approved, a case without papers, a file that was not read.
OF_OTHERS = {
    "articles.check_article_removal",
    "articles.edit_article",
    "delivery.check",
    "factors.removing_passkey",
    "newsletters.digest_preview",
    "overview.leaving",
    "rights.document",
    "rights.paper",
    "subscriptions.import_rejects",
}


def tells_of_a_case(answer):
    """A reference that an object of the desk is known by only within a request."""
    return answer.mimetype == "text/html" and "DR-2" in answer.text


def names_a_reader(answer):
    """An address, not masked, of somebody who is neither a colleague nor the house."""
    text = answer.data.decode(errors="replace")
    found = re.findall(r"[\w.-]+@exemple\.fr", text)
    return bool(set(found) - HOUSE)


def takes_readers_away(answer):
    is_a_file = "attachment" in answer.headers.get("Content-Disposition", "")
    return is_a_file and names_a_reader(answer)


HOUSE = {each.email for each in ACCOUNTS} | {"dpo@exemple.fr", "lettre@exemple.fr"}
HIDDEN = {
    Role.EDITOR: (tells_of_a_case, names_a_reader),
    Role.APPROVER: (tells_of_a_case, names_a_reader),
    Role.SENDER: (tells_of_a_case, names_a_reader),
    Role.SUBSCRIBERS: (tells_of_a_case,),
    Role.DPO: (),
    Role.ADMIN: (tells_of_a_case, takes_readers_away),
}


@dataclass(frozen=True)
class Answer:
    """What can be told from the outside of an answer; the cookie of the session is renewed."""

    status: int
    body: str
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, answer):
        told = tuple(sorted(each for each in answer.headers if each[0] != "Set-Cookie"))
        return cls(answer.status_code, TOKEN.sub("", answer.text), told)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("matrix")
    url = f"sqlite:///{folder / 'matrix.sqlite'}"
    app = create_app(SETTINGS | {"DATABASE_URL": url, "DATA_FOLDER": str(folder)})
    app.testing, app.test_client_class = True, Browser
    with app.app_context():
        bring_up_to_date()
        list(load.once())
        with transaction():
            for role in Role:
                operations.create(f"{role}@essai.fr", "Camille", PASSPHRASE, [role], now())
            objects.make(now())
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def browser(world, role):
    """The browser of somebody who holds that role alone, with the tokens of its forms."""
    with world.app_context():
        made = world.test_client()
        made.submit("/connexion", email=f"{role}@essai.fr", passphrase=PASSPHRASE)
        yield made


def desk(app):
    """The routes of the desk, each with its methods; not those of who is only half signed in.

    Those of programs answer to keys alone: api/test_keys_of_programs.py asks each with every scope.
    """
    for rule in app.url_map.iter_rules():
        if is_keyed(app, rule.endpoint):
            continue
        if not {PUBLIC, FACTOR_OWED} & roles_of(app, rule.endpoint):
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield rule, method


def is_open(app, rule, role):
    return bool({role, SIGNED_IN} & roles_of(app, rule.endpoint))


def ask(browser, method, path, tokens):
    if method == "GET":
        return browser.get(path)
    return browser.post(path, data=tokens)


@pytest.mark.parametrize("role", [Role.ADMIN])
def test_there_is_one_of_all_that_an_address_names(world, browser):
    assert [each for rule, _ in desk(world) if "/None" in (each := present(rule))] == []


@pytest.mark.parametrize("role", Role)
def test_what_is_closed_answers_as_what_does_not_exist(world, browser, role):
    tokens = browser.tokens()
    nothing = {each: Answer.of(ask(browser, each, NOWHERE, tokens)) for each in ("GET", "POST")}
    told = [
        f"{method} {path}: {answer.status}"
        for rule, method in desk(world)
        for path in {absent(rule), present(rule)} - {None}
        if not is_open(world, rule, role) or path == absent(rule)
        if (answer := Answer.of(ask(browser, method, path, tokens))) != nothing[method]
    ]

    assert nothing["GET"].status == 404
    assert told == []


# What somebody of that role may open, below something that it does not belong to.
OF_ANOTHER = {
    "a letter of another case": (
        "dpo",
        ("GET", "/bureau/demandes/{}/lettres/{}/impression"),
        "SELECT min(reference) FROM rights_request",
        "SELECT max(id) FROM rights_letter",
    ),
    "the sending of a letter of another case": (
        "dpo",
        ("POST", "/bureau/demandes/{}/lettres/{}/depot"),
        "SELECT min(reference) FROM rights_request",
        "SELECT max(id) FROM rights_letter",
    ),
    "a letter of another series": (
        "editor",
        ("GET", "/bureau/series/{}/etapes/{}"),
        "SELECT min(id) FROM sequence",
        "SELECT max(id) FROM sequence_step",
    ),
    "the name of a passkey of somebody else": (
        "editor",
        ("POST", "/bureau/compte/securite/cles/{1}/nom"),
        "SELECT 0",
        "SELECT max(id) FROM passkey",
    ),
    "the end of a passkey of somebody else": (
        "editor",
        ("GET", "/bureau/compte/securite/cles/{1}/retrait"),
        "SELECT 0",
        "SELECT max(id) FROM passkey",
    ),
    "the session of somebody else": (
        "editor",
        ("POST", "/bureau/compte/sessions/{1}/fermeture"),
        "SELECT 0",
        "SELECT max(session.id) FROM session",
    ),
}


@pytest.mark.parametrize(
    ("role", "route", "above", "below"), OF_ANOTHER.values(), ids=OF_ANOTHER.keys()
)
def test_what_belongs_to_another_answers_as_what_does_not_exist(  # noqa: PLR0917 - a row of the table
    world, browser, role, route, above, below
):
    stranger = world.test_client()
    stranger.submit("/connexion", email="sender@essai.fr", passphrase=PASSPHRASE)
    method, pattern = route
    parent, child = (db.session.scalar(text(each)) for each in (above, below))
    tokens = browser.tokens()

    theirs = Answer.of(ask(browser, method, pattern.format(parent, child), tokens))
    nobodys = Answer.of(ask(browser, method, pattern.format(parent, ABSENT), tokens))

    assert child is not None
    assert theirs == nobodys
    assert theirs.status == 404


def test_a_stranger_is_sent_to_the_door_from_every_address(world):
    with world.app_context():
        stranger = world.test_client()
        told = {
            (answer.status_code, answer.location.partition("?")[0], answer.headers["Vary"])
            for rule, method in desk(world)
            for path in {absent(rule), present(rule), NOWHERE} - {None}
            for answer in [ask(stranger, method, path, {})]
        }

    assert told == {(303, "/connexion", "Cookie, Accept-Language")}


@pytest.mark.parametrize("role", Role)
def test_what_is_open_answers_and_leads_to_nothing_closed(world, browser, role):
    """And it tells nothing of people, of requests or in files that the role has not."""
    closed, dead, told = [], [], []
    for rule, method in desk(world):
        path = present(rule)
        if method == "GET" and is_open(world, rule, role):
            answer = browser.get(path)
            if answer.status_code not in {200, 303} and rule.endpoint not in OF_OTHERS:
                closed.append(f"{path}: {answer.status_code}")
            dead += [f"{path} -> {each}" for each in links(answer) if not leads(world, each, role)]
            told += [f"{path}: {each.__name__}" for each in HIDDEN[role] if each(answer)]

    assert told == []
    assert closed == []
    assert dead == []


def links(answer):
    """The addresses of the desk that the page leads to, and those that its buttons post to."""
    if answer.mimetype != "text/html" or not answer.data:
        return
    tree = html.fromstring(answer.text)
    for path in tree.xpath("//a/@href"):
        yield "GET", path
    for form in tree.xpath("//form[not(@method='dialog')]"):
        yield form.get("method", "get").upper(), form.get("action") or answer.request.path
    for button in tree.xpath("//button[@formaction]"):
        yield button.get("formmethod", "post").upper(), button.get("formaction")


def leads(app, link, role):
    method, path = link
    path = re.sub(r"[?#].*", "", path)
    if not is_desk(path):
        return True
    with suppress(HTTPException):
        rule, _ = app.url_map.bind("localhost").match(path, method, return_rule=True)
        return is_open(app, rule, role)
    return False
