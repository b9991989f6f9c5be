"""A proof as a file: one HTML page that needs nothing else, or one JSON (docs/proof.md)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import format_date, format_datetime, get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from mailer.clock import paris_day
from mailer.consent import notices, words
from mailer.consent.bases import LawfulBasis
from mailer.consent.exhibits import ShownForm, ShownNotice
from mailer.consent.notice_words import BASES
from mailer.consent.proof import Proof, Sealed, Told
from mailer.consent.states import Standing, Suppressed
from mailer.oversight import naming

FORMAT = "mailer-proof/1"
HEADING = re.compile(r"^(?=#)", re.MULTILINE)


@dataclass(frozen=True)
class Dossier:
    """A proof with all that its page needs to be read."""

    proof: Proof
    at: datetime

    @property
    def language(self) -> str:
        return str(get_locale())

    def purpose(self, name: str) -> str:
        """What the event was about, as people call it."""
        return words.purpose(name, self.proof.labels)

    @staticmethod
    def actor(noted: str) -> str:
        """Who acted; a colleague by the number of the account alone."""
        kind, _colon, number = noted.partition(":")
        return (
            _("un agent du service, compte %(number)s", number=number)
            if kind == "account"
            else naming.who(noted, {})
        )

    @staticmethod
    def origin(noted: str) -> str:
        """What it came from, in words."""
        return naming.what(noted)

    @staticmethod
    def basis(name: str) -> str:
        """On what it rested, in words."""
        return str(BASES.get(LawfulBasis(name), name))

    @staticmethod
    def moment(at: datetime) -> str:
        """The time in Paris, to the second."""
        return str(format_datetime(at, "medium"))

    @staticmethod
    def day(at: datetime) -> str:
        """The civil date in Paris."""
        return str(format_date(paris_day(at), "long"))


def drawn(notice: ShownNotice) -> Markup:
    """The notice below its title, its parts ranked below that of the page that quotes it."""
    body = notice.body.partition("\n")[2] if notice.body.startswith("# ") else notice.body
    return notices.as_html(HEADING.sub("##", body))


def as_html(proof: Proof, at: datetime) -> str:
    """The page, in the reader's language; works without a request."""
    template = current_app.jinja_env.get_template("consent/proof_file.html")
    return template.render(
        dossier=Dossier(proof, at),
        proof=proof,
        kinds=words.KINDS,
        methods=words.METHODS,
        drawn=drawn,
        organisation=current_app.config["ORGANISATION"],
    )


def as_json(proof: Proof, at: datetime) -> str:
    """The same for a program; its times are in UTC."""
    told = {
        "format": FORMAT,
        "made_at": at,
        "controller": current_app.config["ORGANISATION"],
        "fingerprint": proof.fingerprint,
        "addresses": proof.addresses,
        "intact": proof.is_intact,
        "standings": {name: _standing(one) for name, one in proof.record.standings.items()},
        "suppressed": proof.record.suppressed and _suppressed(proof.record.suppressed),
        "events": [_event(event) for event in proof.events],
        "notices": {digest: vars(notice) for digest, notice in proof.notices.items()},
        "forms": {digest: _form(form) for digest, form in proof.forms.items()},
    }
    return json.dumps(told, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _standing(one: Standing) -> Mapping[str, object]:
    return {"kind": one.kind, "since": one.since, "event": one.event_id}


def _suppressed(one: Suppressed) -> Mapping[str, object]:
    return {"kind": one.kind, "since": one.since, "origin": one.origin}


def _event(event: Told) -> Mapping[str, object]:
    return {
        **vars(event),
        "notice": event.notice and event.notice.sha256,
        "form": event.form and event.form.sha256,
        "sealed": _sealed(event.sealed),
        "trace": _sealed(event.trace),
        "link": vars(event.link),
    }


def _sealed(sealed: Sealed) -> Mapping[str, object] | None:
    if not sealed.was_given:
        return None
    return {"erased": sealed.is_gone, **sealed.content}


def _form(form: ShownForm) -> Mapping[str, object]:
    return {"sha256": form.sha256, "valid_from": form.valid_from, "content": form.content}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
