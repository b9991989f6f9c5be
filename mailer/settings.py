"""Settings: config.py first, then MAILER_… variables; unknown or missing keys refuse to start."""

import ast
import difflib
import json
import os
import secrets
import sys
import sysconfig
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from mailer.resources import PACKAGE

PREFIX = "MAILER_"
# What the machinery, not the operator, sets in the environment.
NOT_SETTINGS = frozenset({"MAILER_CONFIG", "MAILER_TEST_POSTGRESQL", "MAILER_TEST_CHROMIUM"})

SIGNING_FILE = "secret-key"
# Secrets of which the old ones stay good for what was made with them, and where they are kept.
ROTATED = (
    ("FINGERPRINT_KEY", "FINGERPRINT_KEYS_OLD", "fingerprint-key"),
    ("LEDGER_KEY", "LEDGER_KEYS_OLD", "ledger-key"),
)

Value = str | int | bool | list[str]

# Never shown: what opens something, and what may hold something that does.
SECRETS = frozenset(
    {
        "SECRET_KEYS",
        "FINGERPRINT_KEY",
        "FINGERPRINT_KEYS_OLD",
        "LEDGER_KEY",
        "LEDGER_KEYS_OLD",
        "DATABASE_URL",
        "QUEUE_URL",
        "SMTP_PASSWORD",
        "SMTP_RELAYS",
        "IMAP_PASSWORDS",
        "BOUNCE_MAILBOX_PASSWORD",
        "BOUNCE_WEBHOOKS",
        "OIDC_CLIENT_SECRET",
        "METRICS_TOKEN",
    }
)
KINDS: Mapping[type, str] = {
    str: "a text",
    bool: "True or False",
    int: "a whole number",
    list: "a list",
    dict: "a table of names and values",
}
# For a setting whose default is empty.
EXAMPLES: Mapping[type, object] = {
    str: "un texte",
    list: ["un", "deux"],
    dict: {"nom": "valeur"},
}
# What a wrong line of a file in Python raises.
FAULTY = (
    ArithmeticError,
    AttributeError,
    ImportError,
    LookupError,
    NameError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a setting, and what to do about it; neither holds a secret."""

    setting: str
    said: str
    cure: str = ""

    def __str__(self) -> str:
        return f"{self.said}; {self.cure}" if self.cure else self.said


class BadSetting(Exception):
    """Settings are unknown, missing or of the wrong kind; the message names each of them."""

    def __str__(self) -> str:
        return ". ".join(map(str, self.args))


def defaults_file() -> Path:
    """The config.py that ships with the program."""
    beside = PACKAGE.parent / "config.py"
    installed = Path(sysconfig.get_path("data")) / "share" / "mailer" / "config.py"
    return beside if beside.is_file() else installed


def read(path: Path) -> dict[str, Value]:
    """The settings of one file; raises BadSetting, with the line, for one that is no Python."""
    module = ModuleType("config")
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102 - the operator's own file, as Flask's from_pyfile
    except FAULTY as error:
        raise BadSetting(_unreadable(path, error)) from None
    return {name: value for name, value in vars(module).items() if name.isupper()}


def _unreadable(path: Path, error: Exception) -> Fault:
    if isinstance(error, OSError):
        said = f"{path} cannot be read ({error.strerror})"
        return Fault("MAILER_CONFIG", said, "give MAILER_CONFIG the path of a copy of config.py")
    lines = [each.lineno for each in traceback.extract_tb(error.__traceback__)]
    line = error.lineno if isinstance(error, SyntaxError) else lines[-1]
    said = f"{path}, line {line}, is no Python that gives a value ({type(error).__name__})"
    return Fault("MAILER_CONFIG", said, "write it like the lines around it, texts in quotes")


def load(
    environ: Mapping[str, str] = os.environ, overrides: Mapping[str, Value] | None = None
) -> dict[str, Value]:
    """All settings: defaults, then the operator's file, then the environment, then overrides.

    Raises BadSetting, naming each key that is unknown or of the wrong kind.
    """
    settings, faults = gather(environ, overrides)
    if faults:
        raise BadSetting(*faults)
    return settings


def gather(
    environ: Mapping[str, str] = os.environ, overrides: Mapping[str, Value] | None = None
) -> tuple[dict[str, Value], list[Fault]]:
    """The same, with all that is wrong; what cannot be used leaves the default in its place."""
    known = read(defaults_file())
    faults: list[Fault] = []
    given: dict[str, Value] = {}
    if custom := environ.get("MAILER_CONFIG"):
        own = read(Path(custom))
        faults += [_missing(name, custom) for name in known if name not in own]
        given |= own
    varied, wrong = from_environment(environ, known)
    given |= varied
    given |= overrides or {}
    faults += wrong
    settings = dict(known)
    for name, value in given.items():
        if fault := _fault_of(name, value, known):
            faults.append(fault)
        else:
            settings[name] = value
    return settings, faults


def from_environment(
    environ: Mapping[str, str], known: Mapping[str, Value]
) -> tuple[dict[str, Value], list[Fault]]:
    """The settings among the variables, and what is wrong with those that could be none."""
    found: dict[str, Value] = {}
    faults = []
    variables = [f"{PREFIX}{name}" for name in known]
    for variable, text in environ.items():
        if not variable.startswith(PREFIX) or variable in NOT_SETTINGS:
            continue
        name = variable.removeprefix(PREFIX)
        if name not in known:
            faults.append(unknown(variable, variables))
            continue
        try:
            found[name] = convert(variable, text, known[name])
        except BadSetting as error:
            faults += error.args
    return found, faults


def convert(variable: str, text: str, default: Value) -> Value:
    """The text of a variable as the kind of value that its default has."""
    if isinstance(default, str):
        return text
    written = json.dumps(example(default), ensure_ascii=False)
    cure = f"write for example {variable}='{written}'"
    kind = KINDS[type(default)]
    try:
        value: Value = ast.literal_eval(text) if text in {"True", "False"} else json.loads(text)
    except ValueError:
        said = f"{variable} is a text that cannot be read as {kind}"
        raise BadSetting(Fault(variable, said, cure)) from None
    if type(value) is not type(default):
        raise BadSetting(Fault(variable, f"{variable} must be {kind}", cure))
    return value


def _fault_of(name: str, value: Value, known: Mapping[str, Value]) -> Fault | None:
    if name not in known:
        return unknown(name, known)
    if type(value) is type(known[name]):
        return None
    said = f"{name} must be {KINDS[type(known[name])]}, and is {KINDS.get(type(value), 'no value')}"
    return Fault(name, said, f"write for example {name} = {example(known[name])!r}")


def _missing(name: str, custom: str) -> Fault:
    said = f"{custom} lacks {name}"
    return Fault(name, said, f"copy its lines from {defaults_file()}, with what they say of it")


def example(default: Value) -> object:
    """A value of the kind that the setting has: its default, unless that says nothing."""
    return default if default or isinstance(default, int) else EXAMPLES[type(default)]


def unknown(name: str, known: Iterable[str]) -> Fault:
    """That there is no such setting, and which one may have been meant."""
    near = difflib.get_close_matches(name, list(known), 1)
    cure = f"perhaps {near[0]} is meant" if near else "remove it: its like does not stand there"
    return Fault(name, f"unknown setting: {name}", cure)


def shown(name: str, value: Value) -> str:
    """The value as it may be printed: of a secret, only whether there is one."""
    if name not in SECRETS:
        return repr(value)
    return "defined" if value else "absent"


def with_secrets(settings: dict[str, Value]) -> dict[str, Value]:
    """The same settings, the empty secrets filled from the data folder, made there if need be."""
    folder = Path(str(settings["DATA_FOLDER"])).absolute()
    settings["DATA_FOLDER"] = str(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings["SECRET_KEYS"] = settings["SECRET_KEYS"] or kept_secrets(folder / SIGNING_FILE)
        for name, old, file in ROTATED:
            if not settings[name]:
                *older, settings[name] = kept_secrets(folder / file)
                settings[old] = [*older, *_listed(settings[old])]
    except OSError as error:
        said = f"DATA_FOLDER: {error.filename or folder} cannot be used ({error.strerror})"
        cure = "give it to the user that runs mailer, or name another folder"
        raise BadSetting(Fault("DATA_FOLDER", said, cure)) from None
    settings["DATABASE_URL"] = settings["DATABASE_URL"] or f"sqlite:///{folder / 'mailer.sqlite'}"
    return settings


def kept_secrets(path: Path) -> list[str]:
    """The secrets in that file, newest last; made on the first call, for its owner alone."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _filled(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").split()


def _filled(path: Path) -> list[str]:
    if found := path.read_text(encoding="ascii").split():
        return found
    cure = "put back the one that was kept apart; a new one would not know what the old one made"
    raise BadSetting(Fault("DATA_FOLDER", f"{path} holds no key", cure))


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
    said = ".\nmailer: ".join(map(str, error.args))
    sys.exit(f"mailer: {said}. Every setting stands in config.py with its meaning.")
