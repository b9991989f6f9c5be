"""Something of each kind that an address of the desk can name, and where it is to be found."""

import io
import re
from datetime import date, time, timedelta

from sqlalchemy import text

from mailer.accounts import invitations, queries
from mailer.accounts.factors.models import Passkey
from mailer.accounts.invitations import Invitee
from mailer.accounts.keys import operations as keys
from mailer.accounts.keys.operations import KeyData
from mailer.accounts.keys.scopes import Scope
from mailer.accounts.roles import Role
from mailer.articles import lookups
from mailer.articles.data import Aim
from mailer.bounces import incoming as returns
from mailer.breaches import detectors, watching
from mailer.db import db
from mailer.delivery import elections, sequences
from mailer.delivery.elections import PeriodData
from mailer.delivery.models import Campaign
from mailer.mail.imap import Arrived
from mailer.newsletters import digests, history, trials
from mailer.newsletters import operations as letters
from mailer.newsletters.block_types import Section
from mailer.newsletters.content import Draft
from mailer.newsletters.digest_states import Then
from mailer.newsletters.digests import Pattern, Rhythms
from mailer.newsletters.periods import Rhythm, Timetable
from mailer.register import operations as register
from mailer.rights.incoming import operations as mails
from mailer.subscriptions.imports import operations as imports
from mailer.subscriptions.imports import storage
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.segments import operations as segments
from mailer.subscriptions.segments.predicate import Field, Is
from mailer.webhooks import operations as webhooks
from mailer.webhooks import signing
from mailer.webhooks.operations import EndpointData

VARIABLE = re.compile(r"<(?:(?P<kind>int):)?(?P<name>\w+)>")
ABSENT = 987_654
# What each variable of an address stands for: a statement that gives one that exists.
OBJECTS = {
    "account_id": "SELECT min(id) FROM account",
    "article_id": "SELECT max(id) FROM article",
    "block_id": "SELECT 'b2'",
    "campaign_id": "SELECT max(id) FROM campaign",
    "digest_id": "SELECT max(id) FROM digest",
    "endpoint_id": "SELECT max(id) FROM webhook_endpoint",
    "group_id": "SELECT max(id) FROM trial_group",
    "import_id": "SELECT max(id) FROM import",
    "invitation_id": "SELECT max(id) FROM invitation",
    "issue_id": "SELECT max(issue_id) FROM issue_revision",
    "key_id": "SELECT max(id) FROM api_key",
    "kind": "SELECT 'identity_question'",
    "language": "SELECT 'fr'",
    "list_id": "SELECT max(id) FROM mailing_list",
    "locale": "SELECT 'fr'",
    "lookup_id": "SELECT max(id) FROM source_lookup",
    "mail_id": "SELECT max(id) FROM returned_mail",
    "number": "SELECT max(id) FROM rights_letter",
    "passkey_id": "SELECT max(id) FROM passkey",
    "period_id": "SELECT max(id) FROM election_period",
    "reference": "SELECT max(reference) FROM rights_request",
    "segment_id": "SELECT max(id) FROM segment",
    "sequence_id": "SELECT max(id) FROM sequence",
    "session_id": "SELECT max(id) FROM session",
    "source_id": "SELECT max(id) FROM source",
    "step_id": "SELECT max(id) FROM sequence_step",
    "subscriber_id": "SELECT max(id) FROM subscriber",
    "suppression_id": "SELECT max(id) FROM suppression",
    "telling_id": "SELECT max(id) FROM webhook_telling",
    "version_id": "SELECT max(id) FROM register_version",
    "year": "SELECT 2026",
}
# Below these addresses the variable stands for something else.
BELOW = {
    "/bureau/courriels": {
        "mail_id": "SELECT max(id) FROM incoming_mail",
        "number": "SELECT 1",
    },
    "/bureau/demandes/bilan": {"name": "SELECT 'csv'"},
    "/bureau/lettres/<int:issue_id>/blocs": {"name": "SELECT 'b2'"},
    "/bureau/lettres/<int:issue_id>/versions": {"number": "SELECT 2"},
    "/bureau/lettres/apparence": {"name": "SELECT 'estran'"},
    "/bureau/manuel": {"part": "SELECT 'do'", "name": "SELECT 'import'"},
    "/bureau/manuel/images": {"name": "SELECT 'abonnes.png'"},
    "/bureau/notices": {"name": "SELECT 'courte'"},
    "/bureau/registre/fichiers": {"name": "SELECT 'csv'"},
    "/bureau/violations": {"reference": "SELECT max(reference) FROM breach"},
    "/bureau/violations/alertes": {"number": "SELECT max(id) FROM breach_suspicion"},
}
MAIL = (
    b"From: zoe@exemple.fr\r\nSubject: Mes droits\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="="\r\n\r\n'
    b"--=\r\nContent-Type: text/plain\r\n\r\nEffacez-moi.\r\n"
    b"--=\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF-1.4\r\n"
    b"--=--\r\n"
)


def variables(rule):
    return {each["name"] for each in VARIABLE.finditer(rule.rule)}


def statements(rule):
    """By variable, what gives the object that it stands for below that address."""
    found = dict(OBJECTS)
    for above in sorted(each for each in BELOW if rule.rule.startswith(f"{each}/")):
        found |= BELOW[above]
    return found


def present(rule):
    """The address of objects that exist."""
    found = {
        name: str(db.session.scalar(text(statement)))
        for name, statement in statements(rule).items()
        if name in variables(rule)
    }
    return VARIABLE.sub(lambda each: found[each["name"]], rule.rule)


def absent(rule):
    """The address of an object that does not exist; None where none stands in the address."""
    if not variables(rule):
        return None
    return VARIABLE.sub(lambda each: str(ABSENT) if each["kind"] else "DR-1999-9999", rule.rule)


def make(at):
    """What the demonstration lacks, of the account that administers it."""
    (owner, *_) = queries.holders(Role.ADMIN)
    actor = f"account:{owner.id}"
    of_letters(owner.id, actor, at)
    of_colleagues(owner.id, actor, at)
    of_programs(owner.id, actor, at)
    of_people(owner.id, actor, at)
    register.keep(at)


def of_letters(owner_id, actor, at):
    """A revision, a letter that composes itself, two series, a group, a site, an election."""
    a_list, another = db.session.scalars(db.select(MailingList).order_by(MailingList.id).limit(2))
    draft = letters.draft_issue(letters.series_of(another), [], "fr", at, actor)
    history.write(draft, Draft("Objet", "", ()), draft.revision, actor, at)
    pattern = Pattern("L’Estran du {date}", "Les articles.", "fr", "Bonjour,", Section())
    daily = ((Frequency.EACH, Timetable(Rhythm.DAILY, time(9))),)
    digests.set_up(a_list, pattern, Rhythms(daily, Then.DRAFT, at.date()), owner_id, at)
    series = sequences.set_up(a_list.id, owner_id, at)
    of_the_list = db.select(db.func.min(Campaign.issue_id)).where(Campaign.list_id == a_list.id)
    sequences.add(series, 0, db.session.scalar(of_the_list), actor, at)
    trials.keep(None, "Essais", "camille.morin@essai.fr", actor)
    lookups.ask("https://exemple.fr/flux", Aim.TRY, at, actor)
    elections.add(PeriodData("Scrutin", date(2027, 3, 1), date(2027, 3, 14)), actor)


def of_colleagues(owner_id, actor, at):
    """Somebody who is invited, and a passkey."""
    invitations.invite(Invitee("zoe@essai.fr", "Zoé", ["editor"], "fr"), "Maud", actor, at)
    told = {"credential_id": b"c", "public_key": b"p", "handle": b"h", "sign_count": 0}
    db.session.add(Passkey(account_id=owner_id, name="Clé", created_at=at, **told))


def of_programs(owner_id, actor, at):
    """A key, and a program that was told something."""
    until = at + timedelta(days=30)
    keys.create(KeyData("Un programme", list(Scope)[:1], until), owner_id, actor, at)
    told = webhooks.add(
        EndpointData("https://exemple.fr/ecoute", []), signing.new_secret(), actor, at
    )
    webhooks.test(told.id, actor, at)


def of_people(owner_id, actor, at):
    """A file of addresses, some of the people, mails to the officer and to us, a sign."""
    with storage.arrived(io.BytesIO(b"adresse\nzoe@exemple.fr\n")) as file:
        imports.receive(file, "liste.csv", actor, at)
    segments.create("En français", Is(Field.LANGUAGE, "fr"), owner_id, at)
    watching.propose([detectors.broken_ledger("a gap")], at)
    came = Arrived(1, at, len(MAIL), MAIL)
    mails.take_in(came, "dpo@exemple.fr", at)
    returns.take(came, at)
