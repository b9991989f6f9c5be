"""A letter from its template: one source, of which mail, page and PDF are made.

facts + what the officer typed | template of the language | source | parts, checked | or: Lacking
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from flask import current_app
from flask_babel import force_locale
from markupsafe import Markup, escape

from mailer import links, rulebook
from mailer.errors import Invalid
from mailer.resources import folder
from mailer.rights import parts, words
from mailer.rights.letters import Facts, Kind, free_parts, missing, unsaid
from mailer.rights.parts import Written

# What every letter of a language is made of, besides its own template.
SHARED = ("letter", "complaint", "remedies")


class Lacking(Invalid):
    """The letter may not go: `mentions` are those that it does not say."""

    def __init__(self, kind: Kind, mentions: tuple[str, ...]) -> None:
        super().__init__(f"{kind} letter without {', '.join(mentions)}")
        self.mentions = mentions


@dataclass(frozen=True)
class Composed:
    """A letter that says all it must."""

    kind: Kind
    language: str
    source: str
    version: str

    @property
    def written(self) -> Written:
        """Its title and parts."""
        return parts.read(self.source)

    @property
    def sha256(self) -> str:
        """By what it is known."""
        return hashlib.sha256(self.source.encode()).hexdigest()


def compose(kind: Kind, language: str, facts: Facts) -> Composed:
    """The letter of that kind; raises Lacking, naming each mandatory mention that it misses."""
    if absent := missing(kind, facts):
        raise Lacking(kind, absent)
    source = draw(kind, language, facts)
    if silent := unsaid(kind, in_words(facts, language), parts.read(source).parts):
        raise Lacking(kind, silent)
    return Composed(kind, language, source, version(kind, language))


def draw(kind: Kind, language: str, facts: Facts) -> str:
    """The source of the letter as far as the facts go, complete or not."""
    template = current_app.jinja_env.get_template(path(kind.value, language))
    said = in_words(facts, language)
    typed = {name: paragraphs(str(said.get(name, ""))) for name in free_parts(kind)}
    return template.render(dict(said), typed=typed, **_surroundings(language))


def in_words(facts: Facts, language: str) -> Facts:
    """The facts as the letter says them: a day in full."""
    with force_locale(language):
        return {
            name: words.day(fact) if isinstance(fact, date) else fact
            for name, fact in facts.items()
        }


def paragraphs(text: str) -> Markup:
    """What somebody typed, as paragraphs of plain text."""
    lines = text.replace("\r\n", "\n").strip()
    broken = (escape(each).replace("\n", Markup("<br>")) for each in lines.split("\n\n"))
    return Markup().join(Markup("<p>{}</p>").format(each) for each in broken if each.strip())


def _surroundings(language: str) -> dict[str, object]:
    rules = rulebook.load()

    return {
        "cite": lambda name: rules.cite(name, language),
        "authority": rules.authority,
        "suppression_years": rules.figures.suppression_years.value,
        "home": links.home(),
        "rights_page": links.rights(),
    }


def path(name: str, language: str) -> str:
    """Where the template of that name lies."""
    return f"rights/letters/{language}/{name}.html"


def version(kind: Kind, language: str) -> str:
    """By what the words of the template are known; another word makes another version."""
    names = [path(name, language) for name in (kind.value, *SHARED)]
    templates = folder("templates")
    sources = [(templates / name).read_bytes() for name in (*names, "rights/letters/parts.html")]
    return hashlib.sha256(b"".join(sources)).hexdigest()[:16]
