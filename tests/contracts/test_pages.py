"""What the desk lists, it lists in pages by key, or says why it stays short."""

import pytest
from browser import Browser
from databases import SETTINGS

from mailer.accounts.roles import Role
from mailer.web.pages import Page

# A page, or the way to the proof that a page asks for first.
ANSWERS = (200, 303)

# Why an address of the desk that names nothing in particular answers without pages.
FORM = "a form, which lists nothing that grows"
HAND = "people make these one by one, and few of them"
FIXED = "as many rows as the program, the law or a span of days has"
FILE = "a file, which is whole on purpose"
WHOLE = {
    "abuse.counts": FIXED,
    "accounts.closing_others": FORM,
    "accounts.desk": "the first five of each thing, and the way to the page that has all",
    "accounts.own": FIXED,
    "accounts.own_sessions": "the sessions of one person, which end by themselves",
    "articles.new_article": FORM,
    "articles.sources": HAND,
    "bounces.address": FIXED,
    "bounces.providers": FIXED,
    "bounces.returns": FIXED,
    "breaches.new": FORM,
    "breaches.register_file": FILE,
    "colleagues.accounts": HAND,
    "colleagues.invite": FORM,
    "configuration.settings": FIXED,
    "consent.compliance": FIXED,
    "consent.notices": HAND,
    "consent.old_notice": FORM,
    "consent.proofs": FORM,
    "delivery.elections": HAND,
    "delivery.new_segment": FORM,
    "delivery.new_sequence": FORM,
    "delivery.results_file": FILE,
    "delivery.segments": HAND,
    "delivery.sequences": HAND,
    "factors.again": FORM,
    "factors.new_totp": FORM,
    "factors.own": HAND,
    "factors.removing_totp": FORM,
    "factors.renewing_codes": FORM,
    "keys.keys": HAND,
    "keys.new_key": FORM,
    "manual.cover": FIXED,
    "newsletters.automatic": HAND,
    "newsletters.new_digest": FORM,
    "newsletters.new_trial_group": FORM,
    "newsletters.themes": HAND,
    "newsletters.trash": "drafts of the last days, which are deleted after that",
    "newsletters.trial_groups": HAND,
    "register.sheet": "one line for each version of the record, which changes when settings do",
    "retention.schedule": FIXED,
    "rights.calendar": FIXED,
    "rights.new": FORM,
    "rights.remaining": "the oldest of what waits; each leaves the page when it is done",
    "rights.report": FIXED,
    "roles.table": FIXED,
    "subscriptions.export": FORM,
    "subscriptions.lists": HAND,
    "subscriptions.new_list": FORM,
    "webhooks.endpoints": HAND,
    "worker.works": FIXED,
}


@pytest.fixture
def desk(database, staff):
    database.config.update(SETTINGS)
    database.test_client_class = Browser
    return staff(*Role)


@pytest.fixture
def made(monkeypatch):
    """The pages of rows that are made meanwhile."""
    pages, begin = [], Page.__init__

    def note(page, *args):
        pages.append(page)
        begin(page, *args)

    monkeypatch.setattr(Page, "__init__", note)
    return pages


def test_every_list_of_the_desk_has_pages_or_says_why_it_stays_short(database, desk, made):
    whole = set()
    for rule in _plain(database):
        made.clear()
        answer = desk.get(rule.rule)
        assert answer.status_code in ANSWERS, rule.rule
        if not made:
            whole.add(rule.endpoint)
    assert whole == set(WHOLE)


def _plain(app):
    """The addresses of the desk that name nothing in particular."""
    rules = [each for each in app.url_map.iter_rules() if "GET" in each.methods]
    return [each for each in rules if each.rule.startswith("/bureau") and not each.arguments]
