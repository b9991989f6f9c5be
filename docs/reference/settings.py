"""The page of settings: each group of config.py, what each setting does, its default."""

from collections.abc import Iterator
from itertools import groupby

from mailer import settings
from mailer.configuration.survey import Told, tell
from mailer.configuration.words import GROUPS, MEANINGS
from reference.tables import table

HEADS = {
    "fr": (
        "# Les réglages\n\n"
        "Chacun est dans `config.py`, avec sa valeur d’origine et, en anglais, tout ce qu’il "
        "faut en savoir.\n"
        "Une variable d’environnement du même nom, précédée de `MAILER_`, passe devant.\n"
        "`mailer config show` dit la valeur de chacun et d’où elle vient, `mailer config check` "
        "ce qui ne va pas ; le bureau les montre aussi.\n"
    ),
    "en": (
        "# Settings\n\n"
        "Each is in `config.py`, with its default and all that should be known of it.\n"
        "A variable of the environment of the same name, with `MAILER_` before it, goes first.\n"
        "`mailer config show` says the value of each and where it comes from, "
        "`mailer config check` what is wrong; the desk shows them too.\n"
    ),
}
COLUMNS = {
    "fr": "| Réglage | Ce qu’il fait | Valeur d’origine |",
    "en": "| Setting | What it does | Default |",
}


def written(language: str) -> str:
    """The page, within an application that speaks the language."""
    return "\n".join([HEADS[language], *_groups(language)])


def _groups(language: str) -> Iterator[str]:
    defaults = settings.read(settings.defaults_file())
    for group, members in groupby(tell(), key=lambda each: each.group):
        rows = [_row(each, defaults[each.name]) for each in members]
        yield f"## {GROUPS[group]}\n\n{table(COLUMNS[language], rows)}"


def _row(each: Told, default: settings.Value) -> str:
    shown = f"`{default!r}`".replace("|", "\\|") if default not in ("", [], {}) else ""
    return f"| `{each.name}` | {MEANINGS[each.name]} | {shown} |"
