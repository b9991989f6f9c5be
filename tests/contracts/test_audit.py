"""Whatever staff change or see of a person leaves an entry, and each entry has words."""

import ast
import re
from inspect import unwrap

import pytest
from reaching import reached, tree
from recorded import verbs

from mailer.accounts import sessions
from mailer.accounts.factors.changes import Change
from mailer.audit import export
from mailer.audit.looks import LISTED, Why, seen, why_of
from mailer.audit.operations import record, record_once
from mailer.bounces import blaming
from mailer.declarations import declared, tables
from mailer.delivery import subject_decisions
from mailer.delivery.states import CampaignEvent
from mailer.newsletters.approvals import Act
from mailer.oversight.words import VERBS, WHYS
from mailer.personal import Category
from mailer.rights.states import Event
from mailer.web.access import PUBLIC, roles_of

# Posts of the desk that leave nothing behind them, and why.
CHANGE_NOTHING = {
    "delivery.count_segment": "counts whom a text means, and shows nobody",
    "newsletters.try_links": "has the links of a letter tried, as the worker does by itself",
    "newsletters.try_look": "draws a sample in a look that is not kept",
    "consent.preview_notice": "draws a notice that is not kept",
    "factors.begin_totp": "proposes a key, which is nothing before its first code is shown",
    "factors.rename_passkey": "how the owner calls a key, on a page that nobody else sees",
    "articles.read_source": "reads a site now, as the worker does by itself",
}

# What is told of a person by these says who they are, or how to reach them.
TELLING = {Category.EMAIL, Category.POSTAL}
# Pages whose template has a column of that name and shows nobody, and why.
SHOW_NOBODY = {
    "accounts.own": "shows whoever reads it: themselves",
    "consent.proofs": "asks whose proof is wanted; the answer to that shows it, and is recorded",
    "roles.table": "shows colleagues who administer, so that they can be asked for a role",
    "newsletters.check": "shows whoever reads it where the trial goes: to themselves",
}
OPENED = re.compile(r'{%-?\s*(?:include|from|import|extends)\s+"([^"]+)"')
COLUMN = re.compile(r"\.(\w+)\b")
# What is typed is the reader's own, and the name of a page is no column.
NO_COLUMN = re.compile(r"form\.\w+|url_for\('[^']*'")


def desk(app, method):
    """The endpoints that staff reach in that way."""
    rules = (rule for rule in app.url_map.iter_rules() if method in rule.methods)
    named = {rule.endpoint for rule in rules}
    return sorted(name for name in named if PUBLIC not in (roles_of(app, name) or {PUBLIC}))


def leaves_an_entry(app, endpoint):
    view = app.view_functions[endpoint]
    writers = {record, record_once, seen}
    return bool(why_of(app, endpoint) or writers & reached(unwrap(view)))


def test_every_post_of_the_desk_leaves_an_entry(app):
    silent = {name for name in desk(app, "POST") if not leaves_an_entry(app, name)}

    assert silent == CHANGE_NOTHING.keys()


def test_a_view_that_records_nothing_is_found_out(app):
    view = app.view_functions["articles.read_source"]

    assert record not in reached(unwrap(view))
    assert record in reached(unwrap(app.view_functions["articles.remove_source"]))


def templates(view):
    """Those that the view renders itself or through a function of its own domain."""
    domain = ".".join(view.__module__.split(".")[:2])
    for function in reached(view):
        if function.__module__.startswith(domain):
            for node in ast.walk(tree(function)):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "render_template":
                    first = node.args[0]
                    if isinstance(first, ast.Constant):
                        yield first.value


def columns(root, name):
    """What the template and those it opens show, by the last word; not the frame of all pages."""
    text = (root / "templates" / name).read_text()
    opened = [each for each in OPENED.findall(text) if not each.startswith("web/")]
    return set(COLUMN.findall(NO_COLUMN.sub("", text))).union(
        *(columns(root, each) for each in opened)
    )


@pytest.fixture
def telling():
    return {
        name
        for table in tables()
        for name, word in declared(table).items()
        if word.category in TELLING
    }


def shows_somebody(app, root, telling, endpoint):
    view = unwrap(app.view_functions[endpoint])
    return any(columns(root, name) & telling for name in templates(view))


def test_every_page_that_shows_somebody_says_why_or_records_it(app, root, telling):
    silent = {
        name
        for name in desk(app, "GET")
        if shows_somebody(app, root, telling, name) and not leaves_an_entry(app, name)
    }

    assert sorted(silent) == sorted(SHOW_NOBODY)


# Verbs that are computed where they are recorded, and all that they may be.
COMPUTED = {
    "accounts/factors/operations.py: change": set(Change),
    "accounts/sessions.py: SIGN_INS[standing]": set(sessions.SIGN_INS.values()),
    "audit/export.py: VERB": {export.VERB},
    "audit/looks.py: LISTED": {LISTED},
    "audit/looks.py: look.verb": set(),
    "audit/looks.py: verb": set(),
    "audit/operations.py: verb": set(),
    "bounces/blaming.py: TOLD": {blaming.TOLD},
    "consent/desk.py: verb": {"look", "take"},
    "delivery/campaigns.py: CampaignEvent.PAUSE.value": {CampaignEvent.PAUSE.value},
    "delivery/redelivery.py: event.value": {"hasten", "revive"},
    "delivery/subject_decisions.py: VERB": {subject_decisions.VERB},
    "delivery/uncertain_desk.py: verb": {"read-uncertain", "reveal-uncertain"},
    "newsletters/approving.py: act.value": set(Act),
    "rights/holding.py: verb": {"hold", "release"},
    "rights/merging.py: Event.MARK_DUPLICATE.value": {Event.MARK_DUPLICATE.value},
    "rights/operations.py: event.value": {"withdraw", "set_aside", "transfer"},
}


def test_every_verb_has_words(root):
    plain, computed = verbs(root / "mailer")

    assert sorted(computed - COMPUTED.keys()) == []
    assert sorted(plain.union(*COMPUTED.values()) - VERBS.keys()) == []


# What earlier versions recorded, whose entries stand as long as any.
PAST = {"sign-out"}


def test_no_words_are_of_a_verb_that_nobody_records(root):
    plain, _computed = verbs(root / "mailer")

    assert VERBS.keys() - plain.union(*COMPUTED.values()) == PAST


def test_every_reason_to_look_has_words():
    assert WHYS.keys() == set(Why)
