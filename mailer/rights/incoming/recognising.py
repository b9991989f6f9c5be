"""Which rights a text seems to exercise: by the articles it cites, else by its words.

A suggestion and never more: the officer reads the text, and decides.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mailer.consent import leaving
from mailer.rights.incoming.citing import Cited, Law, cited
from mailer.rights.kinds import Right, cited_as, references
from mailer.rulebook import Rulebook

LONGEST = 25_000


@dataclass(frozen=True)
class Suggestion:
    """A right, and what in the text points at it: an article of a law, or words."""

    right: Right
    law: Law | None = None
    article: str = ""
    words: str = ""


# Folded to small letters without accents; a phrase that stands there is enough.
MINE = r"(?:tou(?:te)?s\s)?(?:mes|les|ces|my|the|all)\s(?:\w+\s){0,2}"
DATA = r"(?:donnees|informations|coordonnees|data|information|details)"
PHRASES: dict[Right, str] = {
    Right.ACCESS: (
        rf"(?:copie|copy|acces|access|acceder|communiqu\w+|consulter)\s(?:\w+\s){{0,2}}?{MINE}{DATA}"
        r"|droit d'acces|right of access|subject access request"
        r"|ce que vous (?:avez|savez|detenez|gardez) sur moi"
        r"|(?:quelles|what) (?:donnees|informations|data|information)"
    ),
    Right.RECTIFICATION: (
        rf"(?:rectifi\w+|corrig\w+|correct|update|mettre a jour|modifi\w+)\s(?:\w+\s){{0,2}}?"
        rf"(?:{MINE}{DATA}|mon adresse|my address|mon nom|my name)"
        r"|(?:chang\w+) (?:mon|d'|d’|my) ?(?:adresse|address)"
        r"|droit de rectification|right to rectification"
    ),
    Right.OBJECTION: leaving.OBJECTION,
    Right.ERASURE: (
        rf"(?:supprim\w+|suppression|effac\w+|detrui\w+|delet\w+|eras\w+|remov\w+)\s(?:\w+\s){{0,3}}?"
        rf"(?:{MINE}{DATA}|mon compte|my account|my data|mon adresse|my (?:e-?mail )?address)"
        r"|droit a l'(?:oubli|effacement)|right to (?:be forgotten|erasure)"
    ),
    Right.RESTRICTION: (
        r"limit\w+ (?:du|le|de) traitement|droit a la limitation|verrouill\w+"
        r"|restrict\w* (?:of |the )*processing|right to restriction"
        rf"|(?:gel\w+|suspend\w+) (?:l'usage de )?{MINE}{DATA}"
    ),
    Right.PORTABILITY: (
        r"portabilit\w+|lisibles? par (?:une )?machine|machine[ -]readable"
        rf"|(?:transfer\w+|transmett\w+|transmit) {MINE}{DATA} (?:a un autre|vers|to another)"
    ),
    Right.WITHDRAWAL: leaving.WITHDRAWAL,
    Right.POST_MORTEM: (
        r"(?:est|etait) deced\w+|defunte?s?\b|personnes? decede\w+|apres (?:ma|sa) mort"
        r"|deceased|passed away|after (?:my|his|her) death"
    ),
}
ENGLISH = frozenset({"the", "my", "your", "you", "i", "and", "of", "to", "please", "have"})
FRENCH = frozenset({"le", "la", "les", "de", "mes", "vos", "vous", "je", "et", "merci", "bonjour"})
LIKE = {"’": "'", "œ": "oe", "Œ": "oe"}
KNOWN = {right: re.compile(rf"\b(?:{phrase})") for right, phrase in PHRASES.items()}


def recognise(text: str, rules: Rulebook) -> tuple[Suggestion, ...]:
    """What the text seems to ask: each right once, in the form’s order, or that it is unclear."""
    letters = list(_folding(text[:LONGEST]))
    plain = "".join(each for each, _place in letters)
    places = [place for _each, place in letters]
    said = {
        right: text[places[at.start()] : places[at.end() - 1] + 1]
        for right, known in KNOWN.items()
        if (at := known.search(plain))
    }
    found: dict[Right, Suggestion] = {}
    for each in cited(plain):
        if granted := _cited(each, rules, said):
            found.setdefault(granted.right, granted)
    for right, words in said.items():
        found.setdefault(right, Suggestion(right, words=words))
    ordered = tuple(found[right] for right in Right if right in found)
    return ordered or (Suggestion(Right.UNCLEAR),)


def folded(text: str) -> str:
    """The text in small letters, without accents, its spaces single."""
    return "".join(letters for letters, _place in _folding(text)).strip()


def _folding(text: str) -> Iterator[tuple[str, int]]:
    """Each letter, folded, with the place that it has in the text."""
    was_space = True
    for place, letter in enumerate(text):
        if not letter.isspace():
            straight = LIKE.get(letter, letter).lower()
            for each in unicodedata.normalize("NFD", straight):
                if not unicodedata.combining(each):
                    yield each, place
        elif not was_space:
            yield " ", place
        was_space = letter.isspace()


def _cited(each: Cited, rules: Rulebook, said: Collection[Right]) -> Suggestion | None:
    """The right that the articles grant; "15 à 22" grants a whole chapter, and no right of it."""
    found = [_granted(number, each.law, rules, said) for number in each.articles]
    rights = {one.right if one else None for one in found}
    return found[0] if len(rights) == 1 else None


def _granted(
    number: str, law: Law | None, rules: Rulebook, said: Collection[Right]
) -> Suggestion | None:
    """The right under that number: of several, one that the words speak of, else the first."""
    article = number.partition("(")[0]
    for where, granted in _possible(number, article, law, rules).items():
        rights = [right for right in Right if right in granted]
        if rights:
            chosen = next((right for right in rights if right in said), rights[0])
            return Suggestion(chosen, where, number if where == Law.GDPR else article)
    return None


def _possible(
    number: str, article: str, law: Law | None, rules: Rulebook
) -> dict[Law, frozenset[Right]]:
    """The rights under the number in each law that may be meant; unnamed, only the old one may."""
    every = {right: found for right in Right if (found := references(right, rules))}
    if law == Law.GDPR:
        of_it = {right for right, found in every.items() if {number, article} & set(found.gdpr)}
        return {Law.GDPR: frozenset(of_it)}
    current = {right for right, found in every.items() if law and article in found.lil_current}
    return {Law.OLD: cited_as(article, rules), Law.CURRENT: frozenset(current)}


def is_english(text: str) -> bool:
    """Whether the text is rather in English than in French, by its small words."""
    words = folded(text[:LONGEST]).split()
    counts = [sum(word in small for word in words) for small in (ENGLISH, FRENCH)]
    return counts[0] > counts[1]
