"""The form as a visitor sees it: the same object draws the page and becomes the proof."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _

from mailer import rulebook
from mailer.canonical import canonical
from mailer.consent import operations as consent
from mailer.consent.evidence import sha256
from mailer.consent.lists import purpose_of_measuring
from mailer.consent.models import NoticeKind
from mailer.consent.notices import NoticeText, in_force
from mailer.consent.tracking import Mode, strictest
from mailer.subscriptions.models import MailingList

FORM = "subscription"


@dataclass(frozen=True)
class Box:
    """One box to tick, for one list, with what comes and how often."""

    value: str
    label: str
    hint: str
    checked: bool = False


@dataclass(frozen=True)
class ShownForm:
    """Labels, boxes in their order, button, and the two notices."""

    locale: str
    title: str
    legend: str
    boxes: tuple[Box, ...]
    label: str
    hint: str
    button: str
    short: NoticeText
    full: NoticeText
    # The question whether the person may be measured, apart from all others (loi 78-17 art. 82).
    measure: Box | None = None
    # Whether the person may sign up alone (loi 78-17 art. 45); no date of birth is asked for.
    age: Box | None = None
    # The one letter of a page that offers no other: its button asks for it, and for nothing else.
    only: Box | None = None

    @property
    def content(self) -> str:
        """What is kept of the form; the notices are kept apart, under their digests."""
        return canonical(
            {
                "form": FORM,
                "locale": self.locale,
                "title": self.title,
                "legend": self.legend,
                "boxes": [vars(box) for box in self.boxes],
                "fields": [{"name": "email", "label": self.label, "hint": self.hint}],
                "button": self.button,
                "notices": {"short": self.short.sha256, "full": self.full.sha256},
            }
            | ({"optional": [vars(self.measure)]} if self.measure else {})
            | ({"required": [vars(self.age)]} if self.age else {})
            | ({"only": vars(self.only)} if self.only else {})
        )

    @property
    def digest(self) -> str:
        return sha256(self.content)


@dataclass(frozen=True)
class KeptForm:
    """What a form that was shown once had: the lists it named, its notice, its second box."""

    lists: frozenset[str]
    notice: str
    asks_measure: bool


def read_again(content: str) -> KeptForm:
    """A sign-up form from its kept content; of any other form, nothing."""
    kept = json.loads(content)
    boxes = kept["boxes"] if kept["form"] == FORM else ()
    named = [kept["only"]] if "only" in kept else []
    slugs = frozenset(box["value"] for box in (*boxes, *named))
    return KeptForm(slugs, kept["notices"]["short"], "optional" in kept)


def keep(form: ShownForm, at: datetime) -> str:
    """Keep the form and its notices, word for word; the digest by which a proof names it."""
    consent.keep_notice(form.short, at)
    consent.keep_notice(form.full, at)
    return consent.keep_form(form.content, at)


def subscription_form(lists: Sequence[MailingList]) -> ShownForm:
    """The form for those lists, in the reader's language; no box is ticked beforehand."""
    locale = str(get_locale())
    return ShownForm(
        locale=locale,
        title=_("Je m’inscris"),
        legend=_("Je souhaite recevoir par courriel"),
        boxes=tuple(box(row) for row in lists),
        label=_("Mon adresse e-mail"),
        hint=_("Exemple : nom@exemple.fr"),
        button=_("S’inscrire"),
        short=in_force(NoticeKind.SHORT, locale),
        full=in_force(NoticeKind.FULL, locale),
        measure=_measure() if any(map(_asks, lists)) else None,
        age=_age(lists),
    )


def page_form(lists: Sequence[MailingList]) -> ShownForm:
    """The same on a page of ours: where there is one letter, it is named, with nothing to tick.

    Typing an address and pressing the button of a form that says what it is for is the clear act
    that consent takes (GDPR art. 4(11)); several letters are several choices, each with its box.
    """
    form = subscription_form(lists)
    return replace(form, boxes=(), only=form.boxes[0]) if len(form.boxes) == 1 else form


def _asks(row: MailingList) -> bool:
    instance = Mode(current_app.config["TRACKING"])
    return strictest(instance, row.tracking) is Mode.INDIVIDUAL


def _measure() -> Box:
    config = current_app.config
    return Box(
        "yes",
        _(
            "J’accepte que %(organisation)s mesure l’ouverture de ces courriels et les clics,"
            " pour %(purpose)s.",
            organisation=config["ORGANISATION"],
            purpose=purpose_of_measuring(str(get_locale())),
        ),
        _(
            "Facultatif : sans cette case, vous recevez la lettre de la même façon, sans aucun"
            " suivi."
        ),
    )


def _age(lists: Sequence[MailingList]) -> Box | None:
    asking = [row.name for row in lists if row.asks_age]
    if not asking:
        return None
    age, address = rulebook.load().figures.minor_age.value, current_app.config["DPO_ADDRESS"]
    hint = _("Avant cet âge, un parent peut nous écrire à %(address)s.", address=address)
    if len(asking) < len(lists):
        hint = _("Demandé pour : %(lists)s.", lists=", ".join(asking)) + " " + hint
    return Box("yes", _("J’ai %(age)d ans ou plus", age=age), hint)


def box(row: MailingList) -> Box:
    """The box of that list."""
    return Box(
        row.slug,
        row.name,
        _("%(frequency)s : %(content)s", frequency=row.frequency, content=row.description),
    )
