"""What a case, the settings and the rulebook know of a letter by themselves."""

from datetime import date, datetime, timedelta

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import links, rulebook
from mailer.clock import paris_day
from mailer.rights import words
from mailer.rights.addressing import Destination
from mailer.rights.carriage import Via
from mailer.rights.counting import base_due
from mailer.rights.identity import needed_for
from mailer.rights.kinds import AT_ONCE
from mailer.rights.labels import EXTENSIONS
from mailer.rights.letters import Fact
from mailer.rights.models import RightsRequest
from mailer.rights.requesters import REPRESENTING, freezes, tells_of_death
from mailer.tokens import RIGHTS_MAILBOX


def of(case: RightsRequest, at: datetime, language: str = "") -> dict[str, Fact]:
    """The facts of that case, for any letter written about it then, in the person's language."""
    today, language = paris_day(at), language or case.language
    with force_locale(language):
        return house(language, today) | {
            "reference": case.reference,
            "received_on": case.received_on,
            "rights": words.asked(case.rights, case.requester),
            "due": case.due,
            "is_late": "yes" if today > case.due else "",
            "first_due": base_due(case, today),
            "done": done(case),
            "link": links.rights_mailbox(RIGHTS_MAILBOX.sign(case.id)),
            "is_confirmed": "yes" if case.mailbox_confirmed_at else "",
            "is_stopped": "yes" if _stops(case) else "",
            "request": case.verbatim or words.rights(case.rights),
            "effective_on": paris_day(case.logged_at),
            **_extension(case),
            **_representation(case),
        }


def elsewhere() -> dict[str, Fact]:
    """What stands for the link that proves the mailbox, in a letter that goes to another place."""
    return {"link": links.rights_follow(), "is_confirmed": "yes"}


def by_reader(case: RightsRequest, to: Destination) -> dict[str, Fact]:
    """What the letter says otherwise because of where it goes."""
    if case.address and to.mailbox == case.address:
        return {}
    # Whoever reads it there proves nothing about the mailbox on file.
    is_representative = "yes" if to.mailbox in {"", case.contact} else ""
    place = elsewhere() if to.via == Via.EMAIL else _on_paper()
    return place | {"is_representative": is_representative}


def _on_paper() -> dict[str, Fact]:
    """Nobody types a signed link: paper says where to write, and the page that anybody may open."""
    return {
        "on_paper": "yes",
        "postal_address": current_app.config["POSTAL_ADDRESS"],
        "link": links.rights(),
        "is_confirmed": "yes",
        "upload": "",
    }


def _representation(case: RightsRequest) -> dict[str, Fact]:
    """Who asks in the name of the person, and by which title; nothing when they ask themselves."""
    if case.requester not in REPRESENTING:
        return {}
    needs_paper = needed_for(case.rights, case.requester) > case.level
    return {
        "represented": "yes",
        "requester": case.requester.value,
        "representative": case.representative,
        "needs_paper": "yes" if needs_paper else "",
        "tells_of_death": "yes" if tells_of_death(case.rights, case.requester) else "",
    }


def _extension(case: RightsRequest) -> dict[str, Fact]:
    if case.extension is None:
        return {}
    ground = str(EXTENSIONS[case.extension.ground])
    return {"extended_due": case.due, "extension_ground": ground}


def house(language: str, today: date) -> dict[str, Fact]:
    """What stands in every letter, about a request or not."""
    rules = rulebook.load()
    authority = rules.authority
    return {
        "controller": current_app.config["ORGANISATION"],
        "dpo": current_app.config["DPO_ADDRESS"],
        "written_on": today,
        "complaint": (authority.name, authority.address, authority.website),
        "court": (authority.tribunal[language], rules.cite("court", language)),
        "backups_end": today + timedelta(days=rules.figures.backup_days.value),
    }


def _stops(case: RightsRequest) -> bool:
    """Whether sending stopped when the request was received."""
    is_frozen = freezes(case.rights, case.requester)
    return bool(case.address) and (is_frozen or bool(AT_ONCE.intersection(case.rights)))


def done(case: RightsRequest) -> str:
    """What was done the moment the request was received, in the language of the moment."""
    if case.address and AT_ONCE.intersection(case.rights):
        return str(_("C’est déjà fait : plus aucun envoi ne partira vers cette adresse."))
    if _stops(case):
        return str(_("En attendant notre réponse, plus aucun envoi ne partira vers cette adresse."))
    return str(
        _("Cette demande est enregistrée et confiée au délégué à la protection des données.")
    )
