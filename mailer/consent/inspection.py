"""The notices held against what is true here: settings, and the rulebook's times and articles."""

from flask import current_app
from structlog import get_logger

from mailer import rulebook
from mailer.consent.durations import Duration, of_figure
from mailer.consent.fields import Field, Mention
from mailer.consent.linter import Facts, Finding, Level, Rule, lint_full, lint_short
from mailer.consent.models import NoticeKind
from mailer.consent.notice_words import Said, amount, say
from mailer.consent.notices import SHOWN, NoticeText, in_force
from mailer.errors import Invalid

log = get_logger()

LINTERS = {NoticeKind.FULL: lint_full, NoticeKind.SHORT: lint_short}

# What is kept of a subscriber, a former one, or a request: the notice must say how long each is.
TOLD = (
    "unconfirmed_days",
    "ended_days",
    "prospect_months",
    "renewal_days",
    "suppression_years",
    "proof_years",
    "consent_ip_months",
    "bounce_days",
    "request_years",
    "logs_months",
    "backup_days",
)
# What it may say besides: how soon an answer comes, how long a link works.
SAID = (
    "answer_months",
    "extension_months",
    "tracking_reask_months",
    "response_link_days",
    "confirmation_hours",
)

# Where the rulebook says which article asks for a field.
ASKED_BY = {
    Field.CONTROLLER: "told_controller",
    Field.OFFICER: "told_officer",
    Field.PURPOSES: "told_purposes",
    Field.DATA: "told_data",
    Field.RECIPIENTS: "told_recipients",
    Field.TRANSFERS: "told_transfers",
    Field.RETENTION: "told_retention",
    Field.RIGHTS: "told_rights",
    Field.COMPLAINT: "told_complaining",
    Field.DECISIONS: "told_decisions",
    Field.VERSION: "told_version",
}


def inspect(text: NoticeText) -> list[Finding]:
    """The faults of that text, were it shown today."""
    return LINTERS[text.kind](text.body, facts(text.locale))


def facts(locale: str) -> Facts:
    """What the linter may take for true, in that language."""
    config, rules = current_app.config, rulebook.load()
    figures = rules.figures
    times = {name: of_figure(name, getattr(figures, name).value) for name in (*TOLD, *SAID)}
    age = Duration(figures.minor_age.value * 12, "months")
    return Facts(
        locale=locale,
        organisation=config["ORGANISATION"],
        officer=config["DPO_ADDRESS"],
        authority=("CNIL", rules.authority.website),
        link="/donnees-personnelles",
        mailboxes=mailboxes(),
        must_state={name: times[name] for name in TOLD},
        may_state=frozenset(times.values()) | {age},
        outdated=_outdated(rules),
    )


def mailboxes() -> frozenset[str]:
    """The addresses that somebody here reads."""
    config = current_app.config
    read = (config["DPO_ADDRESS"], config["SENDER_ADDRESS"], config["SECURITY_ADDRESS"])
    return frozenset(address.lower() for address in (*read, *config["MONITORED_MAILBOXES"]))


def _outdated(rules: rulebook.Rulebook) -> frozenset[str]:
    """The old numbers of the rights, as far as they are no article about rights today."""
    old = {article for right in rules.rights.values() for article in right.lil_pre_2019}
    return frozenset(old - {article for r in rules.rights.values() for article in r.lil_current})


def asked_by(finding: Finding, locale: str) -> str:
    """The article that asks for what is missing, as it is cited."""
    if finding.detail == Mention.WITHDRAWAL:
        name = "told_withdrawing"
    else:
        name = ASKED_BY[finding.field] if finding.field else "told_layers"
    return rulebook.load().cite(name, locale)


def said(finding: Finding, locale: str) -> Said:
    """The finding in words of that language, with the articles and the time that it is about."""
    time = ""
    if finding.rule is Rule.TIME_MISSING:
        figure = getattr(rulebook.load().figures, finding.detail)
        time = amount(figure.value, finding.detail.rpartition("_")[2])
    return say(finding, asked_by(finding, locale), time)


def require_complete() -> None:
    """Raise Invalid, naming the field, when a notice in force lacks one; log every other fault."""
    for kind, locale in SHOWN:
        for finding in inspect(in_force(kind, locale)):
            if finding.level is Level.MISSING:
                raise Invalid(_sentence(kind, locale, finding))
            log.warning("notice_fault", notice=kind.value, locale=locale, rule=finding.rule.value)


def _sentence(kind: NoticeKind, locale: str, finding: Finding) -> str:
    lacking = " / ".join(part for part in (finding.field, finding.detail) if part)
    return f"the {kind} notice in {locale!r} lacks {lacking} ({asked_by(finding, 'en')})"
