"""What is kept, how long, since when, then what: one row per table.

The purge obeys this table, and the record of processing (GDPR art. 30(1)(f)) is printed from it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mailer.clock import PARIS, add_months
from mailer.rulebook import Figures


class Then(StrEnum):
    """What happens to a row whose time is over."""

    DELETE = "delete"
    DETACH = "detach"
    # The ledger says that nobody confirmed.
    EXPIRE = "expire"
    # The person goes, with all that is held of them, as when they ask for it.
    ERASE = "erase"
    # The rows are links of a chain, which must be told where it goes on.
    TRIM = "trim"
    # A line of statistics is left, of nobody.
    COUNT = "count"
    # The row stays for what points at it, and says nothing of a person.
    EMPTY = "empty"


@dataclass(frozen=True)
class Link:
    """Rows of another table that keep a row: `table.column` holding the row's `own` column."""

    table: str
    column: str
    own: str = "id"


@dataclass(frozen=True)
class Rule:
    """Rows of the table end that long after `since`, unless something still needs them."""

    table: str
    keep: str
    since: str
    then: Then = Then.DELETE
    # Only rows with these values.
    only: tuple[tuple[str, str], ...] = ()
    # A row stays as long as one of these holds on to it.
    held_by: tuple[Link, ...] = ()
    # The time counts from the newest row that has the same value here.
    newest_by: str = ""
    # The column that DETACH empties: the row still counts, of nobody.
    detached: str = ""


SUBSCRIPTIONS_OF = Link("subscription", "subscriber_id")

# In the order of the purge: what holds goes before what it held.
RULES = (
    Rule(
        "subscription",
        "unconfirmed_days",
        "requested_at",
        Then.EXPIRE,
        only=(("state", "pending"),),
    ),
    Rule("subscription", "unproven_days", "requested_at", only=(("state", "unproven"),)),
    Rule("subscription", "ended_days", "ended_at", only=(("state", "ended"),)),
    Rule("confirmation", "unconfirmed_days", "sent_at"),
    Rule("preference_change", "unconfirmed_days", "at"),
    Rule("address_change", "unconfirmed_days", "asked_at"),
    Rule("hit", "logs_months", "at"),
    Rule("last_open", "prospect_months", "day"),
    Rule("delivery", "logs_months", "at", Then.DETACH, detached="subscriber_id"),
    Rule("subscriber", "unconfirmed_days", "created_at", Then.ERASE, held_by=(SUBSCRIPTIONS_OF,)),
    Rule("consent_event", "consent_ip_months", "recorded_at", Then.DETACH, detached="trace"),
    Rule(
        "consent_event",
        "proof_years",
        "recorded_at",
        Then.TRIM,
        held_by=(
            Link("subscriber", "fingerprint", "fingerprint"),
            Link("subscription", "consent_id"),
            # What suppresses follows from its events: a rebuild without them would lift it.
            Link("suppression", "fingerprint", "fingerprint"),
        ),
        newest_by="fingerprint",
    ),
    Rule("rights_request", "request_years", "closed_at", Then.COUNT, only=(("hold", "none"),)),
    Rule("incoming_mail", "set_aside_days", "decided_at", only=(("state", "set_aside"),)),
    Rule("erasure", "proof_years", "at"),
    Rule("breach", "breach_years", "closed_at"),
    Rule("breach_suspicion", "breach_years", "decided_at"),
    Rule("provider_event", "logs_months", "received_at"),
    Rule("returned_mail", "bounce_days", "received_at"),
    Rule("outbox_message", "sent_mail_days", "ended_at"),
    Rule("invitation", "sent_mail_days", "sent_at"),
    Rule("session", "session_days", "expires_at"),
    Rule("sign_in", "logs_months", "at"),
    Rule("account", "logs_months", "closed_at", Then.EMPTY),
    Rule("api_key", "logs_months", "expires_at"),
    Rule("event", "sent_mail_days", "at"),
    Rule(
        "issue",
        "trash_days",
        "trashed_at",
        # A letter that was planned, or came of an automatic one, stands in its history.
        held_by=(
            Link("campaign", "issue_id"),
            Link("digest_run", "issue_id"),
            Link("digest", "template_id"),
            Link("sent_article", "issue_id"),
            Link("sequence_step", "issue_id"),
        ),
    ),
    Rule("issue_revision", "logs_months", "saved_at"),
    Rule("counter", "counter_days", "starts_at"),
    Rule("api_attempt", "idempotency_days", "began_at"),
    Rule("asked_mail", "counter_days", "at"),
    Rule("source_lookup", "lookup_days", "asked_at"),
    Rule("audit_entry", "logs_months", "at", Then.TRIM),
    Rule("audit_check", "logs_months", "at"),
    Rule("purge_line", "proof_years", "at"),
)

# Tables that no rule empties, and why.
KEPT = {
    "address_index": "how far addresses are indexed; holds nothing personal",
    "account_identity": "goes when its account is emptied",
    "account_role": "goes when its account is closed",
    "audit_anchor": "where the record stood on a day; holds nothing personal",
    "audit_cut": "up to where the record has gone; holds nothing personal",
    "audit_link": "goes with its entry; holds nothing personal",
    "passkey": "goes with its account, or when its owner or an administrator takes it away",
    "recovery_code": "goes with its account, or when new ones are made",
    "totp_key": "goes with its account, or when its owner or an administrator takes it away",
    "article": "what sites publish; holds nothing personal",
    "breach_letter": "goes with its incident",
    "breach_notification": "goes with its incident",
    "breach_person": "its address goes once the letter leaves, then it goes with its incident",
    "breach_reference_counter": "a number a year; holds nothing personal",
    "breach_reminder": "goes with its incident",
    "consent_state": "goes with the event it rests on",
    "collected_mail": "goes when the mail has left the mailbox; holds nothing personal",
    "confirmation_line": "goes with its confirmation",
    "daily_hits": "how often a day, of everybody together; holds nothing personal",
    "election_period": "when letters are looked at once more; holds nothing personal",
    "embed_origin": "a site that may show a form; holds nothing personal",
    "form_snapshot": "proof of what was shown; holds nothing personal",
    "approved_letter": "what was sent to all; holds nothing personal",
    "approved_version": "what was sent to all; holds nothing personal",
    "trial_group": "the name of a group of colleagues",
    "trial_reader": "who is shown letters first, until staff take them off",
    "campaign_subject": "what was written to all; holds nothing personal",
    "segment": "whom letters are for; holds nothing personal but who drew it, by number",
    "subject_test": "how a subject was chosen; holds nothing personal but who chose, by number",
    "campaign": "what was sent, when and how it ended; holds nothing personal",
    "ledger_anchor": "where the ledger stood on a day; holds nothing personal",
    "ledger_restoration": "to where a backup put the ledger back; holds nothing personal",
    "ledger_gap": "which numbers of the ledger have gone; holds nothing personal",
    "letter_event": "who wrote a letter and who approved it, by number; goes with it",
    "digest": "a rhythm and a template; holds nothing personal but who decided, by number",
    "digest_mode": "goes with its automatic letter",
    "digest_run": "what became of a period; holds nothing personal",
    "sent_article": "which article was in which letter; holds nothing personal",
    "sequence": "what newcomers get; holds nothing personal but who decided, by number",
    "sequence_step": "goes with its series",
    "sequence_round": "which campaigns are of a series; holds nothing personal",
    "newsletter": "what we publish; holds nothing personal",
    "notice": "proof of what was told; holds nothing personal",
    "notice_source": "what the officer wrote for all to read; holds nothing personal",
    "letter_look": "how letters look; holds nothing personal",
    "link_check": "where letters lead and whether it answers; its job forgets it after a month",
    "list_day": "how many came and left, a day; holds nothing personal",
    "list_theme": "how a list's page looks; holds nothing personal",
    "measured_link": "where the links of a letter lead; holds nothing personal",
    "import": "where addresses come from and who answers for it; proofs name it",
    "import_row": "gone once it is taken, or with its file after a day (imports/jobs.py)",
    "leave_reason": "how many left and why, a month; holds nothing personal",
    "mailbox_position": "how far each watched mailbox is read; holds nothing personal",
    "mailing_list": "what we publish; holds nothing personal",
    "job_turn": "when each job last began; holds nothing personal",
    "relay_pause": "which relay is left alone; goes when it answers, holds nothing personal",
    "sending_window": "how many mails left in a span; goes with it, holds nothing personal",
    "worker_beat": "which workers are alive; holds nothing personal",
    "refused_request": "how often a day, of nobody; holds nothing personal",
    "rights_request_line": "goes with its request",
    "rights_letter": "goes with its request",
    "rights_correction": "goes with its request",
    "rights_document": "goes with its request, and its sealed file with it",
    "rights_extension": "goes with its request",
    "rights_handover": "its file and mailbox go with the link, then it goes with its request",
    "rights_identity_question": "its document goes when verified, then it goes with its request",
    "rights_note": "goes with its request",
    "rights_task": "goes with its request",
    "rights_deadline_warning": "goes with its request",
    "rights_statistic": "how a purged case ended; holds nothing personal",
    "rights_reference_counter": "a number a year; holds nothing personal",
    "register_version": "what was done with data, and since when; holds nothing personal",
    "renewal": "goes with its subscriber",
    "subject_key": "goes with the last seal that it opens",
    "webhook_endpoint": "where events are told; holds nothing personal",
    "webhook_telling": "goes with its event",
    "source": "an address to read; holds nothing personal",
    "suppression": "kept while we send: without it an objection would be forgotten (art. 21(3))",
}


def cutoff(keep: str, figures: Figures, at: datetime) -> datetime:
    """The instant before which a row's time is over, for the figure of that name."""
    number = getattr(figures, keep).value
    unit = keep.rpartition("_")[2]
    if unit == "days":
        return at - timedelta(days=number)
    months = number * {"months": 1, "years": 12}[unit]
    local = at.astimezone(PARIS)
    return datetime.combine(add_months(local.date(), -months), local.timetz())
