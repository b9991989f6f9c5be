"""An office with a little of everything, for programs to ask about."""

from datetime import timedelta

from mailer.accounts import operations as accounts
from mailer.accounts.keys import operations as keys
from mailer.accounts.keys.operations import KeyData
from mailer.accounts.keys.scopes import Scope
from mailer.addresses import parse
from mailer.articles import writing
from mailer.articles.writing import Written
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import NoticeKind
from mailer.consent.notices import in_force
from mailer.db import db, transaction
from mailer.delivery import campaigns
from mailer.delivery.campaigns import Order
from mailer.newsletters import operations as letters
from mailer.newsletters.snapshots import copied
from mailer.subscriptions import objecting, operations
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Subscription
from mailer.webhooks import operations as webhooks
from mailer.webhooks.operations import EndpointData

PASSPHRASE = "sept phares et une marée"
SECRET = f"whsec_{'c2Vj' * 8}"
ROLES = ["admin", "dpo", "sender", "editor", "subscribers"]


def someone():
    """The number of an account that may give a key every scope."""
    return accounts.create("cle@exemple.fr", "Nora", PASSPHRASE, ROLES, now()).id


def secret(maker, *scopes):
    """The secret of a new key with those scopes; with all, without any."""
    wanted = [Scope(scope) for scope in scopes] or list(Scope)
    data = KeyData("Un programme", wanted, now() + timedelta(days=30))
    return keys.create(data, maker, f"account:{maker}", now()).secret


def mailing_list(name="La lettre du port", actor="account:1"):
    data = ListData(name, "Les travaux du port", "Une fois par mois", aim="Informer les riverains")
    return operations.create_list(data, actor)


def reader(row, address):
    """Somebody who receives the list, as an import with proof would have brought them."""
    at = now()
    evidence = Evidence(Method.WEB_FORM, at, address=address)
    operations.request(parse(address), [row.id], evidence, "fr", at)
    line = db.session.scalars(db.select(Subscription).order_by(Subscription.id.desc())).first()
    event = consent.record(line.subscriber.fingerprint, row.purpose, Kind.CONFIRMED, evidence)
    line.state, line.consent_id, line.confirmed_at = "active", event.id, at
    db.session.flush()
    return line


def letter(row, *articles, actor="account:1"):
    """A letter of these articles that may leave."""
    at = now()
    chosen = [copied(each) for each in articles]
    made = letters.draft_issue(letters.series_of(row), chosen, "fr", at, actor)
    letters.approve(made, made.revision, actor, at)
    return made


def article(number=1, actor="account:1"):
    url = f"https://www.exemple.fr/travaux/{number}"
    return writing.write(Written(f"Travaux {number}", "Le quai ferme.", url, now()), now(), actor)


def whole():
    """Several of each thing, so that small numbers name something; the secret of every scope."""
    with transaction():
        maker = someone()
        consent.keep_notice(in_force(NoticeKind.SHORT, "fr"), now())
        rows = [mailing_list(f"Liste {number}") for number in range(3)]
        for number in range(4):
            reader(rows[number % 2], f"lectrice{number}@exemple.fr")
        written = [article(number) for number in range(3)]
        approved = [letter(row, *written) for row in rows]
        letters.draft_issue(letters.series_of(rows[0]), [], "fr", now(), "account:1")
        for each in approved[:2]:
            later = now() + timedelta(days=2)
            order = Order(each.id, each.newsletter.list_id, 1, later, maker)
            campaigns.schedule(order, now())
        # One that is leaving: it can be paused.
        campaigns.start(campaigns.locked(2), now())
        for number in range(3):
            heard = EndpointData(f"https://programme{number}.exemple.fr/", [])
            row = webhooks.add(heard, SECRET, "account:1", now())
            webhooks.test(row.id, "account:1", now())
        objecting.note(parse("opposee@exemple.fr"), "account:1", now())
        return secret(maker)
