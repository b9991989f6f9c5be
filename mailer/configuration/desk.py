"""The settings at the desk, for the administrator: read here, changed in config.py."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from flask import Blueprint, Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.articles.searching import folded
from mailer.configuration.origins import Kind, Origin
from mailer.configuration.survey import Setting, survey
from mailer.configuration.words import GROUPS, MEANINGS
from mailer.overview import faults
from mailer.settings import Value
from mailer.web.access import staff

bp = Blueprint("configuration", __name__)

KEY = "settings-survey"
LONGEST_SEARCH = 80


def install(app: Flask, given: Mapping[str, Value], overrides: Mapping[str, Value] | None) -> None:
    """Remember where each setting came from when the application started."""
    app.extensions[KEY] = survey(given, overrides=overrides)


@bp.get("/bureau/reglages")
@staff("admin")
def settings() -> ResponseReturnValue:
    """Every setting with its value and its origin; `q` seeks, `modifies` leaves out defaults."""
    known: Sequence[Setting] = current_app.extensions[KEY]
    sought = " ".join(request.args.get("q", "").split())[:LONGEST_SEARCH]
    is_changed_only = "modifies" in request.args
    found = [
        each
        for each in known
        if _speaks_of(each, sought) and (each.is_changed or not is_changed_only)
    ]
    return render_template(
        "configuration/settings.html",
        groups=_grouped(found),
        found=found,
        changed=sum(each.is_changed for each in known),
        sought=sought,
        is_changed_only=is_changed_only,
        faults=list(faults.settings()),
        titles=GROUPS,
        meanings=MEANINGS,
        value=value,
        origin=origin,
    )


def _grouped(found: Iterable[Setting]) -> list[tuple[str, list[Setting]]]:
    return [(title, list(members)) for title, members in groupby(found, lambda each: each.group)]


def _speaks_of(setting: Setting, sought: str) -> bool:
    """Whether all the words stand in what the page says of the setting."""
    said = folded(f"{setting.name} {MEANINGS[setting.name]} {GROUPS[setting.group]}")
    return all(word in said for word in folded(sought).split())


def value(setting: Setting) -> str:
    """The value as a reader sees it; of a secret, only whether there is one."""
    if setting.is_secret:
        return str(_("Défini") if setting.is_set else _("Absent"))
    if isinstance(setting.value, bool):
        return str(_("Oui") if setting.value else _("Non"))
    if setting.value in ("", [], {}):
        return str(_("Vide"))
    if isinstance(setting.value, str | int):
        return str(setting.value)
    return json.dumps(setting.value, ensure_ascii=False)


def origin(found: Origin) -> str:
    """Where the value stands, as one finds it."""
    file = Path(found.place).name
    if found.kind is Kind.ENVIRONMENT:
        return str(_("Variable d’environnement %(name)s", name=found.place))
    if found.kind is Kind.DATA_FOLDER:
        return str(_("Fait au premier démarrage, dans %(file)s du dossier des données", file=file))
    if found.kind is Kind.PROGRAM:
        return str(_("Donné par la commande qui a lancé l’outil"))
    return str(_("%(file)s, ligne %(line)s", file=file, line=found.line))
