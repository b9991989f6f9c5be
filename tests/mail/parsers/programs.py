"""Three readers of mails, each a process that reads them all: Python, Node's mailparser, Go."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
LOCKED = ("package.json", "package-lock.json")
PATIENCE_SECONDS = 90
# What npm calls a registry that is out of reach; anything else is a fault.
OUT_OF_REACH = re.compile(
    r"E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|NETUNREACH|HOSTUNREACH)"
    r"|ERR_SOCKET_TIMEOUT|network"
)
MAILAUTH_NODE = 20
PARSERS = ("python", "node", "go")


def parsed(parser: str, mails: Sequence[bytes]) -> list[dict[str, Any]]:
    """What that parser reads in each mail."""
    return _answer(_COMMANDS[parser](), _encoded(mails))


def mailauth(mails: Sequence[bytes], zone: dict[str, str]) -> list[list[str]]:
    """What mailauth says of each signature, "pass" or "fail", with these records as its DNS."""
    node = _tool("node")
    version = subprocess.check_output([node, "--version"], text=True)  # noqa: S603 - node itself
    if int(version.strip("v\n").partition(".")[0]) < MAILAUTH_NODE:
        pytest.skip(f"mailauth needs node {MAILAUTH_NODE} or newer")
    given = {"zone": zone, "mails": _encoded(mails)}
    return _answer([node, str(HERE / "verify.mjs"), str(packages())], given)


def packages() -> Path:
    """Where the locked packages of npm are: they are fetched once, and kept between runs."""
    npm = _tool("npm")
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in LOCKED)).hexdigest()
    kept = _cache() / f"parsers-{digest[:16]}"
    if why := _why_not(npm, kept):
        pytest.skip(why)
    return kept


@cache
def _why_not(npm: str, kept: Path) -> str:
    """Fetch them where they are not there yet; why that cannot be, asked once in a run."""
    if kept.exists():
        return ""
    with tempfile.TemporaryDirectory(dir=_cache()) as new:
        folder = Path(new, "parsers")
        if why := _fetch(npm, folder):
            return why
        try:
            folder.rename(kept)
        except OSError:
            # Another worker of the same run was quicker.
            assert kept.exists()
    return ""


def _fetch(npm: str, folder: Path) -> str:
    folder.mkdir()
    for name in LOCKED:
        shutil.copy(HERE / name, folder)
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0")
    command = [npm, "ci", *options, f"--cache={folder.parent / 'npm'}"]
    try:
        run = subprocess.run(  # noqa: S603 - npm, and no word of others
            command,
            check=False,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return f"npm fetched nothing in {PATIENCE_SECONDS} s"
    if run.returncode and OUT_OF_REACH.search(run.stderr):
        return "the registry of npm is out of reach"
    assert run.returncode == 0, run.stderr
    return ""


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(home, "mailer-tests")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} was not found: install it to read the mails with it")
    return found


def _encoded(mails: Sequence[bytes]) -> list[str]:
    return [b64encode(content).decode() for content in mails]


def _answer(command: list[str], given: object) -> Any:
    content = json.dumps(given).encode()
    run = subprocess.run(command, check=False, input=content, capture_output=True)  # noqa: S603 - our programs
    assert run.returncode == 0, run.stderr.decode()
    return json.loads(run.stdout)


_COMMANDS = {
    "python": lambda: [sys.executable, str(HERE / "parse.py")],
    "node": lambda: [_tool("node"), str(HERE / "parse.mjs"), str(packages())],
    "go": lambda: [_tool("go"), "run", str(HERE / "parse.go")],
}
