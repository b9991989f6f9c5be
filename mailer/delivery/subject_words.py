"""The trial of subjects in plain sentences: how it stands, what was chosen, and why."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from mailer.accounts import queries as accounts
from mailer.delivery import words
from mailer.delivery.states import OVER
from mailer.delivery.subject_decisions import Trial
from mailer.delivery.subject_models import SubjectTest
from mailer.delivery.subject_tests import (
    FEWEST_EVENTS,
    FEWEST_PEOPLE,
    Basis,
    How,
    Verdict,
    fewest_readers,
)

DECIDED = {
    Basis.CLICKS: lazy_gettext(
        "« %(subject)s » l’emporte par les clics : le hasard seul donnerait un tel écart moins de"
        " 5 fois sur 100."
    ),
    Basis.DEPARTURES: lazy_gettext(
        "« %(subject)s » l’emporte : moins de départs et de plaintes, et le hasard seul donnerait"
        " un tel écart moins de 5 fois sur 100."
    ),
}
TOO_FEW = {
    Basis.CLICKS: lazy_gettext(
        "Trop peu pour trancher : moins de %(count)s personnes ont cliqué. Le premier objet part."
    ),
    Basis.DEPARTURES: lazy_gettext(
        "Trop peu pour trancher : moins de %(count)s départs et plaintes en tout, ou moins de"
        " %(people)s lettres envoyées par objet. Le premier objet part."
    ),
}
COUNTED = {
    Basis.CLICKS: lazy_gettext(
        "Les clics décident, ceux des seules personnes qui ont accepté qu’on les mesure."
    ),
    Basis.DEPARTURES: lazy_gettext(
        "Les désabonnements et les plaintes décident : les clics ne sont comptés par objet que"
        " dans le mode individuel, quand assez de personnes l’ont accepté."
    ),
}


def too_small(each: int, *, can_grow: bool) -> str:
    """That so few people a subject prove nothing, and what to do about it."""
    found = ngettext(
        "L’essai ne toucherait que %(count)s personne par objet ; il en faut %(fewest)s.",
        "L’essai ne toucherait que %(count)s personnes par objet ; il en faut %(fewest)s.",
        each,
        count=words.number(each),
        fewest=FEWEST_PEOPLE,
    )
    if can_grow:
        cure = _("Augmentez la part, ou essayez moins d’objets.")
    else:
        cure = _("La liste est trop petite : videz les autres objets.")
    return f"{found} {cure}"


def needs_readers() -> str:
    """How many readers the smallest trial needs."""
    return str(
        _(
            "Un essai demande au moins %(count)s abonnés. À cette liste, tous reçoivent le même"
            " objet.",
            count=words.number(fewest_readers()),
        )
    )


def plan(test: SubjectTest) -> str:
    """On how many it is tried, for how long."""
    return str(
        ngettext(
            "L’essai porte sur %(share)s %% de la liste ; l’attente est de %(num)s heure.",
            "L’essai porte sur %(share)s %% de la liste ; l’attente est de %(num)s heures.",
            test.wait_hours,
            share=test.share,
        )
    )


def standing(trial: Trial) -> str:
    """Where the trial stands, or what was chosen and why."""
    test, campaign = trial.test, trial.campaign
    if test.verdict:
        return verdict(trial)
    if campaign.state in OVER:
        return str(_("L’envoi s’est terminé avant le choix de l’objet."))
    if campaign.started_at is None:
        return str(_("L’essai partira le premier, puis les autres attendront."))
    if test.decides_at is None:
        return str(_("L’essai part. L’attente commencera quand tout l’essai sera parti."))
    if test.how is How.HAND:
        return str(_("L’essai est parti. Les autres attendent que vous choisissiez l’objet."))
    return str(
        _(
            "L’essai est parti. L’objet des autres sera choisi le %(moment)s.",
            moment=words.moment(test.decides_at),
        )
    )


def verdict(trial: Trial) -> str:
    """Which subject was chosen, by what."""
    test = trial.test
    subject = trial.subjects.get(test.winner or 0, "")
    basis = test.basis or Basis.DEPARTURES
    match test.verdict:
        case Verdict.DECIDED:
            return str(DECIDED[basis]) % {"subject": subject}
        case Verdict.CHANCE:
            return str(_("L’écart peut venir du hasard : le premier objet part."))
        case Verdict.TOO_FEW:
            numbers = {"count": FEWEST_EVENTS, "people": FEWEST_PEOPLE}
            return str(TOO_FEW[basis]) % numbers
        case Verdict.TOO_SMALL:
            return str(
                _(
                    "À l’heure du départ, la liste était trop petite pour un essai : tous ont le"
                    " premier objet."
                )
            )
        case _:
            return _by_hand(test, subject)


def _by_hand(test: SubjectTest, subject: str) -> str:
    assert test.decided_by is not None  # noqa: S101 - only numbers decide without anybody
    actor = accounts.actor_of(test.decided_by)
    name = accounts.shown([actor])[actor]
    return str(_("« %(subject)s » a été choisi par %(name)s.", subject=subject, name=name))
