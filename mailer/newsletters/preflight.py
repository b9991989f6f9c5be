"""Looking at a stored letter before it leaves: what only the world knows, then every rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from mailer import addresses
from mailer.articles import queries as articles
from mailer.clock import paris_day
from mailer.mail import dkim_keys
from mailer.newsletters import edition, link_checks, queries
from mailer.newsletters.block_types import Article
from mailer.newsletters.checks import Finding, Level, blocking, in_order, of_content, of_page
from mailer.newsletters.checks.facts import ArticleStanding, Facts, Sender
from mailer.newsletters.checks.rules import RULES_OF, Topic
from mailer.newsletters.content import IssueContent, Rendered
from mailer.newsletters.link_checks import Tried
from mailer.newsletters.models import Issue
from mailer.newsletters.readers import Reader
from mailer.newsletters.render import render
from mailer.newsletters.snapshots import copied

# The domains that config.py comes with; nobody receives mail there.
SAMPLE_DOMAINS = ("exemple.fr", "example.com", "example.org")


@dataclass(frozen=True)
class Report:
    """A letter as it would leave, and what was found in it."""

    content: IssueContent
    rendered: Rendered
    # By reader, for those who are shown other blocks.
    versions: Mapping[Reader, Rendered]
    found: Sequence[Finding]
    links: Tried

    @property
    def drawn(self) -> list[Rendered]:
        """All that would leave of it, in the order of ApprovedLetter.drawn."""
        readers = sorted(self.versions, key=lambda each: (each.language, each.frequency))
        return [self.rendered, *(self.versions[reader] for reader in readers)]

    @property
    def blocking(self) -> list[Finding]:
        """What forbids approval."""
        return blocking(list(self.found))

    @property
    def advice(self) -> list[tuple[Topic, list[Finding]]]:
        """The rest, by what it is about."""
        told = [finding for finding in self.found if finding.level is Level.ADVICE]
        by_topic = ((topic, [f for f in told if f.topic is topic]) for topic in Topic)
        return [(topic, found) for topic, found in by_topic if found]

    @property
    def advice_count(self) -> int:
        """How many pieces of advice there are."""
        return len(self.found) - len(self.blocking)

    @property
    def kilobytes(self) -> float:
        """What the HTML weighs, to the tenth."""
        return round(len(self.rendered.html.encode()) / 1000, 1)

    @property
    def right(self) -> list[tuple[Topic, int, int]]:
        """For each topic, how many of its points nothing was found against, and how many it has."""
        against = {finding.rule for finding in self.found}
        return [(t, len(set(rules) - against), len(rules)) for t, rules in RULES_OF.items()]

    @property
    def right_count(self) -> int:
        """All points that nothing was found against."""
        return sum(count for _, count, _ in self.right)


def report(issue: Issue, at: datetime) -> Report:
    """The letter drawn as it would leave at that moment, with all that is to mend."""
    content = edition.content(issue)
    rendered = render(content)
    others = dict(edition.other_contents(issue))
    versions = {reader: render(each) for reader, each in others.items()}
    of_pages = [
        *of_page(content, rendered),
        *(f for reader, each in others.items() for f in of_page(each, versions[reader])),
    ]
    whole = edition.whole(issue)
    found = [*of_content(whole, facts(issue, whole, at)), *of_pages]
    return Report(content, rendered, versions, in_order(found), link_checks.tried(whole, at))


def beside(issue: Issue, at: datetime) -> list[Finding]:
    """What is to mend in the letter before it is drawn: quick enough for each save."""
    whole = edition.whole(issue)
    return of_content(whole, facts(issue, whole, at))


def facts(issue: Issue, whole: IssueContent, at: datetime) -> Facts:
    """What the letter cannot know by itself, in a few short queries and no request."""
    return Facts(
        today=paris_day(at),
        links=link_checks.tried(whole, at).standings,
        articles=dict(_articles(issue, whole)),
        sent=queries.articles_sent_by(issue.newsletter_id),
        sender=_sender(),
    )


def _articles(issue: Issue, whole: IssueContent) -> Iterator[tuple[int, ArticleStanding]]:
    copies = {
        block.props.article_id: block.props
        for block in whole.blocks
        if isinstance(block.props, Article) and block.props.article_id
    }
    for article_id, now_is in articles.standing(copies).items():
        if now_is.is_gone:
            yield article_id, ArticleStanding.GONE
        elif now_is.changed_at and now_is.changed_at > issue.created_at:
            fresh, copy = copied(articles.article(article_id)), copies[article_id]
            # Who took the new version, or wrote the same, has nothing to take.
            if (fresh.title, fresh.summary, fresh.url) != (copy.title, copy.summary, copy.url):
                yield article_id, ArticleStanding.CHANGED


def _sender() -> Sender:
    config = current_app.config
    domain = addresses.parse(config["SENDER_ADDRESS"]).display.rpartition("@")[2].lower()
    signs = any(dkim_keys.folder(config).glob("*.pem"))
    return Sender(
        domain,
        signer=dkim_keys.domain(config) if signs else "",
        return_path=config["RETURN_PATH_DOMAIN"],
        is_sample=any(f".{domain}".endswith(f".{sample}") for sample in SAMPLE_DOMAINS),
    )
