"""Every setting stands once, with its meaning, and is read."""

import re

from mailer import settings
from mailer.configuration import words
from mailer.configuration.survey import tell
from mailer.settings import SECRETS

ASSIGNED = re.compile(r"^([A-Z_]+) = ", re.MULTILINE)


def test_every_setting_has_a_comment(root):
    lines = (root / "config.py").read_text().splitlines()
    bare = [line for i, line in enumerate(lines) if ASSIGNED.match(line) and not told(lines, i)]

    assert bare == []


def told(lines, index):
    """Whether a comment stands right above, or above the settings right above."""
    while ASSIGNED.match(lines[index]):
        index -= 1
    return lines[index].startswith("# ") and not lines[index].startswith("# ---")


def test_every_setting_is_read_somewhere(root):
    sources = [*root.glob("mailer/**/*.py"), *root.glob("templates/**/*.*")]
    text = "\n".join(source.read_text() for source in sources)
    read = set(re.findall(r"""(?:\[["']|config\.|takes_a_file\(["'])([A-Z_]+)""", text))

    assert set(settings.read(root / "config.py")) - read == set()


def test_no_other_setting_is_read(root):
    known = set(settings.read(root / "config.py"))
    own = {"SECRET_KEY", "TESTING"}
    text = "\n".join(source.read_text() for source in root.glob("mailer/**/*.py"))
    asked = set(re.findall(r"""config\[["']([A-Z_]+)["']\]""", text))

    assert asked - known <= own


def test_every_setting_and_every_group_has_its_words():
    told = tell()
    assert {each.name for each in told} == words.MEANINGS.keys()
    assert {each.group for each in told} == words.GROUPS.keys()


def test_what_opens_something_is_never_shown():
    opening = re.compile(r"PASSWORD|SECRET|TOKEN|_KEYS?(?:_|$)")
    named = {each.name for each in tell() if opening.search(each.name)}

    assert named - SECRETS == set()
