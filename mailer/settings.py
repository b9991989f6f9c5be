"""Settings: config.py first, then MAILER_… variables; unknown or missing keys refuse to start."""

import ast
import json
import os
import secrets
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from mailer.resources import PACKAGE

PREFIX = "MAILER_"
# What the machinery, not the operator, sets in the environment.
NOT_SETTINGS = frozenset({"MAILER_CONFIG", "MAILER_TEST_POSTGRESQL", "MAILER_TEST_CHROMIUM"})

# Secrets of which the old ones stay good for what was made with them, and where they are kept.
ROTATED = (
    ("FINGERPRINT_KEY", "FINGERPRINT_KEYS_OLD", "fingerprint-key"),
    ("LEDGER_KEY", "LEDGER_KEYS_OLD", "ledger-key"),
)

Value = str | int | bool | list[str]


class BadSetting(Exception):
    """A setting is unknown, missing or of the wrong kind; the message names it."""


def defaults_file() -> Path:
    """The config.py that ships with the program."""
    beside = PACKAGE.parent / "config.py"
    installed = Path(sysconfig.get_path("data")) / "share" / "mailer" / "config.py"
    return beside if beside.is_file() else installed


def read(path: Path) -> dict[str, Value]:
    """The settings of one file."""
    module = ModuleType("config")
    exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102 - the operator's own file, as Flask's from_pyfile
    return {name: value for name, value in vars(module).items() if name.isupper()}


def load(
    environ: Mapping[str, str] = os.environ, overrides: Mapping[str, Value] | None = None
) -> dict[str, Value]:
    """All settings: defaults, then the operator's file, then the environment, then overrides.

    Raises BadSetting, naming the key, for one that is unknown or of the wrong kind.
    """
    known = read(defaults_file())
    settings = dict(known)
    if custom := environ.get("MAILER_CONFIG"):
        own = read(Path(custom))
        if missing := known.keys() - own.keys():
            raise BadSetting(f"{custom} lacks {', '.join(sorted(missing))}")
        settings.update(own)
    settings.update(from_environment(environ, known))
    settings.update(overrides or {})
    if unknown := settings.keys() - known.keys():
        raise BadSetting(f"unknown setting: {', '.join(sorted(unknown))}")
    for name, value in settings.items():
        of_a_kind(name, value, known[name])
    return settings


def from_environment(environ: Mapping[str, str], known: Mapping[str, Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for variable, text in environ.items():
        if not variable.startswith(PREFIX) or variable in NOT_SETTINGS:
            continue
        name = variable.removeprefix(PREFIX)
        if name not in known:
            raise BadSetting(f"unknown setting: {variable}")
        found[name] = convert(variable, text, known[name])
    return found


def convert(variable: str, text: str, default: Value) -> Value:
    """The text of a variable as the kind of value that its default has."""
    if isinstance(default, str):
        return text
    try:
        value: Value = ast.literal_eval(text) if text in {"True", "False"} else json.loads(text)
    except ValueError:
        raise BadSetting(f"{variable} cannot be read as {type(default).__name__}") from None
    of_a_kind(variable, value, default)
    return value


def of_a_kind(name: str, value: Value, default: Value) -> None:
    """Raise BadSetting, naming the key, for a value of another kind than its default."""
    if type(value) is not type(default):
        raise BadSetting(f"{name} must be {type(default).__name__}")


def with_secrets(settings: dict[str, Value]) -> dict[str, Value]:
    """The same settings, the empty secrets filled from the data folder, made there if need be."""
    folder = Path(str(settings["DATA_FOLDER"])).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    settings["DATA_FOLDER"] = str(folder)
    settings["SECRET_KEYS"] = settings["SECRET_KEYS"] or kept_secrets(folder / "secret-key")
    for name, old, file in ROTATED:
        if not settings[name]:
            *older, settings[name] = kept_secrets(folder / file)
            settings[old] = [*older, *_listed(settings[old])]
    settings["DATABASE_URL"] = settings["DATABASE_URL"] or f"sqlite:///{folder / 'mailer.sqlite'}"
    return settings


def kept_secrets(path: Path) -> list[str]:
    """The secrets in that file, newest last; made on the first call, for its owner alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").split()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").split()


def rotate(path: Path) -> None:
    """Add a new secret after those of the file, for what starts from now on."""
    kept = kept_secrets(path)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("\n".join([*kept, secrets.token_urlsafe(48)]))
        file.flush()
        os.fsync(descriptor)
    new.replace(path)


def _listed(value: Value) -> list[str]:
    return value if isinstance(value, list) else []


def complain(error: BadSetting) -> None:
    """Say what is wrong with the settings, and stop."""
    sys.exit(f"mailer: {error}. Every setting stands in config.py with its meaning.")
