"""What the letters of an answer say: read before anything is done, so that a preview says it too.

case, decision and what is held | facts, in the person's language
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import rulebook
from mailer.clock import add_months, paris_day
from mailer.consent.bases import LawfulBasis, opens
from mailer.consent.bases import Right as Opened
from mailer.register import vocabulary
from mailer.rights import disclosure, erasure, portable, recipients, words
from mailer.rights.circumstances import bases_of
from mailer.rights.decision import Decision
from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.labels import GROUNDS, OUTCOMES, RIGHTS
from mailer.rights.letters import Fact
from mailer.rights.models import RightsRequest
from mailer.rights.sections import Section

# The rulebook's name of the articles on which each ground rests.
CITED = {
    Ground.NOT_IDENTIFIED: "unidentified",
    Ground.LEGAL_OBLIGATION: "kept_by_law",
    Ground.LEGAL_CLAIMS: "proof_survives",
    Ground.OTHERS_RIGHTS: "others_rights",
    Ground.EXCESSIVE: "excess",
    Ground.NOT_CONCERNED: "refusing",
}


# What proves consent and answers requests is told under what stays.
ANSWERING = frozenset({"consent_event", "rights_request", "rights_letter", "rights_handover"})


def of(
    case: RightsRequest, decision: Decision, sections: Sequence[Section], at: datetime
) -> dict[str, Fact]:
    """The facts for every letter that answers the case so; the link to a copy apart."""
    today = paris_day(at)
    done = [each.done_at for each in case.corrections if each.done_at]
    with force_locale(case.language):
        facts: dict[str, Fact] = {
            "outcomes": _outcomes(decision),
            "answer": decision.answer,
            "facts": decision.grounds,
            "granted": _granted(decision),
            "grounds": tuple(_ground(case, decision, right) for right in decision.refused),
            "changes": tuple(f"{each.before} → {each.after}" for each in case.corrections),
            "done_on": max(map(paris_day, done), default=today),
            "told": recipients.told(case, today),
            "duration": _("Le temps de régler ce qui vous fait la demander."),
            "perimeter": tuple(_titles(portable.provided(sections))),
        }
        if Right.ERASURE in decision.given:
            facts |= _erasure(case, today)
    return facts | disclosure.facts(sections, case.language)


def _outcomes(decision: Decision) -> tuple[str, ...]:
    return tuple(
        _("%(right)s : %(outcome)s", right=RIGHTS[right], outcome=OUTCOMES[outcome])
        for right, outcome in decision.outcomes.items()
    )


def _granted(decision: Decision) -> tuple[str, ...]:
    outcomes = {right: decision.outcomes[right] for right in decision.given}
    said = _outcomes(Decision(outcomes, "", ""))
    return said or (str(_("Rien de ce qui est demandé.")),)


def _ground(case: RightsRequest, decision: Decision, right: Right) -> str:
    ground = decision.grounds_in_law.get(right)
    if ground is None:
        return ""
    name = _narrowing(case, right) if ground == Ground.NOT_OPENED else CITED[ground]
    return str(
        _(
            "%(right)s : %(ground)s (%(articles)s)",
            right=RIGHTS[right],
            ground=GROUNDS[ground],
            articles=rulebook.load().cite(name, case.language),
        )
    )


def _narrowing(case: RightsRequest, right: Right) -> str:
    """Which articles keep the right closed to the lists that the person stands on."""
    bases = sorted(bases_of(case.fingerprint)) or [LawfulBasis.PUBLIC_INTEREST]
    if right.value not in set(Opened):
        return CITED[Ground.NOT_CONCERNED]
    return opens(bases[0], Opened(right.value)).reason


def _erasure(case: RightsRequest, today: date) -> dict[str, Fact]:
    """What goes, and what stays with its reason and its end (GDPR art. 17(3))."""
    rules = rulebook.load()
    cited = rules.cite("proof_survives", case.language)
    proof = add_months(today, 12 * rules.figures.proof_years.value)
    file = add_months(today, 12 * rules.figures.request_years.value)
    return {
        "erased": tuple(
            _gone(name, is_whole=is_whole)
            for name, is_whole in erasure.foreseen(case.fingerprint).items()
            if name not in ANSWERING
        ),
        "kept": (
            _(
                "La preuve de vos accords et de vos refus, sous une empreinte de votre adresse,"
                " jusqu’au %(day)s au plus (%(articles)s)",
                day=words.day(proof),
                articles=cited,
            ),
            _(
                "Cette demande et nos réponses, jusqu’au %(day)s (%(articles)s)",
                day=words.day(file),
                articles=cited,
            ),
        ),
    }


def _gone(table: str, *, is_whole: bool) -> str:
    title = vocabulary.table(table)
    return title if is_whole else str(_("%(title)s : ce qui vous y nomme", title=title))


def _titles(sections: Sequence[Section]) -> list[str]:
    return [vocabulary.table(section.table) for section in sections]


def expires_on(at: datetime) -> date:
    """The last day of a link made at that instant."""
    days = rulebook.load().figures.response_link_days.value
    return paris_day(at + timedelta(days=days))
