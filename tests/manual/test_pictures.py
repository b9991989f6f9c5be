"""The pictures of the documentation: all made by one script, all shown, all small."""

import re
from inspect import getsource

from pictures.__main__ import photograph
from pictures.scenes import SCENES, preferences, visitor
from pictures.screens import FIRST_OF, SCREENS

from mailer.resources import PACKAGE

DOCS = PACKAGE.parent / "docs"
IMAGES = DOCS / "images"
KEPT = re.compile(r'keep\("([a-z-]+)"\)')
SHOWN = re.compile(r"!\[([^\]]+)\]\((?:\.\./)*images/([a-z-]+)\.png\)")
AT_MOST = 4_000_000


def made():
    """The name of each picture that `make pictures` makes."""
    played = (photograph, visitor, preferences, *SCENES)
    kept = {name for each in played for name in KEPT.findall(getsource(each))}
    return kept | set(SCREENS) | set(FIRST_OF)


def test_every_picture_is_made_by_the_script():
    assert {file.stem for file in IMAGES.glob("*.png")} == made()


def test_every_picture_is_among_the_main_screens_with_its_words():
    shown = [name for _words, name in SHOWN.findall((DOCS / "screens.md").read_text())]

    assert sorted(shown) == sorted(made())


def test_the_pictures_are_small():
    assert sum(file.stat().st_size for file in IMAGES.rglob("*.png")) < AT_MOST
