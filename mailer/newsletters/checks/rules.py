"""Each thing that is looked at in a letter, what it belongs to, and whether it forbids approval."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Whether the letter may be approved as it is."""

    BLOCKS = "blocks"
    ADVICE = "advice"


class Topic(StrEnum):
    """What a rule is about."""

    ENVELOPE = "envelope"
    FIELDS = "fields"
    LINKS = "links"
    PICTURES = "pictures"
    STRUCTURE = "structure"
    DATES = "dates"
    TYPOGRAPHY = "typography"
    LOOKS = "looks"
    CLIENTS = "clients"
    LEGAL = "legal"
    ARTICLES = "articles"


class Rule(StrEnum):
    """Each thing that is looked at."""

    NO_SUBJECT = "no-subject"
    LONG_SUBJECT = "long-subject"
    SHORT_SUBJECT = "short-subject"
    SHOUTED_SUBJECT = "shouted-subject"
    EXCLAIMED_SUBJECT = "exclaimed-subject"
    WORDLESS_SUBJECT = "wordless-subject"
    MANY_EMOJI = "many-emoji"
    FALSE_REPLY = "false-reply"
    PLACEHOLDER = "placeholder"
    NO_PREHEADER = "no-preheader"
    PREHEADER_LENGTH = "preheader-length"
    PREHEADER_REPEATS = "preheader-repeats"

    UNKNOWN_FIELD = "unknown-field"
    NO_DEFAULT = "no-default"
    EMPTY_DEFAULT = "empty-default"
    FIELD_IN_ADDRESS = "field-in-address"
    BROKEN_FIELD = "broken-field"

    NO_ADDRESS = "no-address"
    NO_LABEL = "no-label"
    EMPTY_LINK = "empty-link"
    DEAD_LINK = "dead-link"
    UNKNOWN_SITE = "unknown-site"
    SILENT_LINK = "silent-link"
    LOCAL_LINK = "local-link"
    FOREIGN_LETTERS = "foreign-letters"
    DESK_LINK = "desk-link"
    RELATIVE_LINK = "relative-link"
    PERSONAL_LINK = "personal-link"
    SECRET_IN_LINK = "secret-in-link"  # noqa: S105 - the name of a rule
    CREDENTIALS = "credentials"
    BAD_MAILTO = "bad-mailto"
    PLAIN_HTTP = "plain-http"
    VAGUE_LINK = "vague-link"
    ADDRESS_AS_LABEL = "address-as-label"
    SAME_LABEL = "same-label"
    NOT_A_LINK = "not-a-link"
    NO_LINK = "no-link"

    NO_PICTURE = "no-picture"
    NO_ALT = "no-alt"
    FILE_NAME_ALT = "file-name-alt"
    PICTURE_OF_ALT = "picture-of-alt"
    LONG_ALT = "long-alt"
    SAME_ALT = "same-alt"
    ALT_IS_TITLE = "alt-is-title"
    DECORATIVE_LINK = "decorative-link"
    PICTURE_FORMAT = "picture-format"
    SMALL_PICTURE = "small-picture"
    FEW_WORDS = "few-words"

    NO_BLOCK = "no-block"
    NO_TITLE = "no-title"
    EMPTY_BLOCK = "empty-block"
    EMPTY_PART = "empty-part"
    NO_PARTS = "no-parts"
    FALSE_HEADING = "false-heading"
    SHOUTED_TEXT = "shouted-text"
    HEADING_ORDER = "heading-order"
    EMPTY_HEADING = "empty-heading"
    READING_ORDER = "reading-order"
    NO_LANGUAGE = "no-language"
    NEVER_FILLED = "never-filled"

    NO_DAY = "no-day"
    PAST_EVENT = "past-event"
    ENDS_FIRST = "ends-first"
    WRONG_WEEKDAY = "wrong-weekday"
    NO_SUCH_DAY = "no-such-day"

    NO_BREAK_SPACE = "no-break-space"
    QUOTES = "quotes"
    DOTS = "dots"
    APOSTROPHE = "apostrophe"
    ACCENTED_CAPITAL = "accented-capital"
    LIGATURE = "ligature"
    DOUBLE_SPACE = "double-space"
    UNIT_SPACE = "unit-space"
    SPACE_BEFORE = "space-before"

    TOO_BIG = "too-big"
    BIG = "big"
    PALE_TEXT = "pale-text"
    PALE_TEXT_IN_THE_DARK = "pale-text-in-the-dark"

    CLIENT_GAP = "client-gap"

    NO_ORGANISATION = "no-organisation"
    NO_POSTAL_ADDRESS = "no-postal-address"
    NO_REASON = "no-reason"
    NO_WAY_OUT = "no-way-out"
    SAMPLE_SENDER = "sample-sender"
    NOT_ALIGNED = "not-aligned"

    ARTICLE_TWICE = "article-twice"
    ARTICLE_CHANGED = "article-changed"
    ARTICLE_GONE = "article-gone"
    ALREADY_SENT = "already-sent"


FIRST = {
    Topic.ENVELOPE: Rule.NO_SUBJECT,
    Topic.FIELDS: Rule.UNKNOWN_FIELD,
    Topic.LINKS: Rule.NO_ADDRESS,
    Topic.PICTURES: Rule.NO_PICTURE,
    Topic.STRUCTURE: Rule.NO_BLOCK,
    Topic.DATES: Rule.NO_DAY,
    Topic.TYPOGRAPHY: Rule.NO_BREAK_SPACE,
    Topic.LOOKS: Rule.TOO_BIG,
    Topic.CLIENTS: Rule.CLIENT_GAP,
    Topic.LEGAL: Rule.NO_ORGANISATION,
    Topic.ARTICLES: Rule.ARTICLE_TWICE,
}


def _by_topic() -> Mapping[Topic, tuple[Rule, ...]]:
    order = list(Rule)
    starts = [order.index(rule) for rule in FIRST.values()]
    ends = [*starts[1:], len(order)]
    return {
        topic: tuple(order[start:end])
        for topic, start, end in zip(FIRST, starts, ends, strict=True)
    }


RULES_OF = _by_topic()
TOPIC_OF = {rule: topic for topic, rules in RULES_OF.items() for rule in rules}
BLOCKING = frozenset(
    {
        Rule.NO_SUBJECT, Rule.WORDLESS_SUBJECT, Rule.FALSE_REPLY, Rule.PLACEHOLDER,
        Rule.UNKNOWN_FIELD, Rule.NO_DEFAULT, Rule.FIELD_IN_ADDRESS, Rule.BROKEN_FIELD,
        Rule.NO_ADDRESS, Rule.NO_LABEL, Rule.EMPTY_LINK, Rule.DEAD_LINK, Rule.LOCAL_LINK,
        Rule.DESK_LINK, Rule.RELATIVE_LINK, Rule.PERSONAL_LINK, Rule.CREDENTIALS, Rule.BAD_MAILTO,
        Rule.NO_PICTURE, Rule.NO_ALT, Rule.PICTURE_FORMAT,
        Rule.NO_BLOCK, Rule.NO_TITLE, Rule.NO_DAY, Rule.ENDS_FIRST,
        Rule.TOO_BIG,
        Rule.NO_ORGANISATION, Rule.NO_POSTAL_ADDRESS, Rule.NO_REASON, Rule.NO_WAY_OUT,
        Rule.NOT_ALIGNED,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing to mend: the word or number it is about, the block and the field it stands in."""

    rule: Rule
    block: str = ""
    detail: str = ""
    field: str = ""

    @property
    def level(self) -> Level:
        return Level.BLOCKS if self.rule in BLOCKING else Level.ADVICE

    @property
    def topic(self) -> Topic:
        return TOPIC_OF[self.rule]

    @property
    def place(self) -> str:
        """Where the composer shows it: `b3-url`, `subject`, `bloc-b3`, or nowhere."""
        if self.block:
            return f"{self.block}-{self.field}" if self.field else f"bloc-{self.block}"
        return self.field
