"""The manual as a site of files, which any web server shows and which opens from a disk."""

import shutil
from functools import cache
from os.path import relpath
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mailer.manual import contents
from mailer.manual.contents import Page
from mailer.manual.links import leading
from mailer.resources import PACKAGE, folder
from mailer.web.language import LANGUAGES

STATIC = PACKAGE / "static"
STYLES = ("app.css", "manual.css", "icon.svg")


def build(place: Path) -> int:
    """Write every page in both languages into the folder, with its style and pictures; how many."""
    pages = [page for language in LANGUAGES for page in contents.pages(language)]
    for page in pages:
        _write(place / page.language / page.path, _drawn(page))
    for language in LANGUAGES:
        _write(place / language / "index.html", _cover(language))
    _write(place / "index.html", _door())
    _copy(place)
    return len(pages)


def _write(file: Path, html: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html, encoding="utf-8")


def _door() -> str:
    """The first page of all, which leads to a language."""
    return _drawn_as(
        "manual/site_door.html", covers={each: contents.words(each) for each in LANGUAGES}
    )


def _other(language: str) -> tuple[str, str]:
    """The other language, and its name in itself."""
    code = next(each for each in LANGUAGES if each != language)
    return code, contents.words(code).name


def _cover(language: str) -> str:
    return _drawn_as(
        "manual/site_cover.html",
        language=language,
        words=contents.words(language),
        other=_other(language),
        parts=contents.parts(language),
        here="index.html",
        top="..",
    )


def _drawn(page: Page) -> str:
    """The page; its links lead from file to file, so that it opens from a disk."""
    here = Path(page.language, page.part)

    def at(part: str, name: str) -> str:
        return relpath(Path(page.language, part, f"{name}.html"), here)

    text = page.text(leading(page.part, at, lambda name: relpath(Path("images", name), here)))
    before, after = contents.neighbours(page)
    return _drawn_as(
        "manual/site_page.html",
        language=page.language,
        words=contents.words(page.language),
        other=_other(page.language),
        parts=contents.parts(page.language),
        page=page,
        text=text,
        here=page.path,
        before=before,
        after=after,
        top="../..",
    )


def _drawn_as(template: str, **content: object) -> str:
    return _templates().get_template(template).render(content)


@cache
def _templates() -> Environment:
    """Outside the application: the manual is built without a setting."""
    loader = FileSystemLoader(folder("templates"))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


def _copy(place: Path) -> None:
    for name in STYLES:
        shutil.copy2(STATIC / name, place / name)
    shutil.copytree(STATIC / "fonts", place / "fonts", dirs_exist_ok=True)
    (place / "images").mkdir(exist_ok=True)
    for picture in contents.PICTURES.glob("*.png"):
        shutil.copy2(picture, place / "images" / picture.name)
