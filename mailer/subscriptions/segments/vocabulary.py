"""The values that a condition may have here: what was never made known cannot be a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from mailer.subscriptions.segments.folding import folded
from mailer.subscriptions.segments.phrases import PHRASES
from mailer.subscriptions.segments.predicate import LISTS, Field


@dataclass(frozen=True)
class Vocabulary:
    """The lists, by their short names, with what they are about and where, and the imports."""

    lists: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    importers: tuple[str, ...] = ()

    def values(self, about: Field, language: str) -> Mapping[str, str]:
        """The values of the field, each with its words."""
        if about in LISTS:
            return self.lists
        opened = {
            Field.TOPIC: self.topics,
            Field.TERRITORY: self.territories,
            Field.IMPORT: self.imports,
            Field.IMPORTED_BY: self.importers,
        }.get(about)
        if opened is None:
            return PHRASES[language].closed(about)
        return {each: each for each in opened}

    def meant(self, about: Field, text: str) -> str | None:
        """The value that the words mean, in whichever language; None when no one value does."""
        text = " ".join(text.split())
        every = [self.values(about, language) for language in PHRASES]
        if any(text in known for known in every):
            return text
        for compare in (str, folded):
            found = {
                value
                for known in every
                for value, words in known.items()
                if compare(words) == compare(text)
            }
            if len(found) == 1:
                return found.pop()
        return None

    def near(self, about: Field, text: str, language: str) -> list[str]:
        """What may have been meant: at most three, the likeliest first."""
        known = {folded(words): words for words in self.values(about, language).values()}
        close = get_close_matches(folded(text), known, n=3, cutoff=0.5)
        return [known[each] for each in close] or list(known.values())[:3]
