"""The articles of a letter: twice in it, changed or gone since, or sent before."""

from collections.abc import Iterator

from mailer.newsletters.block_types import Article
from mailer.newsletters.blocks import When
from mailer.newsletters.checks.facts import ArticleStanding, Facts
from mailer.newsletters.checks.rules import Finding, Rule
from mailer.newsletters.content import IssueContent

STANDINGS = {
    ArticleStanding.CHANGED: Rule.ARTICLE_CHANGED,
    ArticleStanding.GONE: Rule.ARTICLE_GONE,
}


def findings(content: IssueContent, facts: Facts) -> Iterator[Finding]:
    """Copies that no longer say what their site says, and articles that were read already."""
    copies = [(b, b.props) for b in content.blocks if isinstance(b.props, Article)]
    told: set[tuple[str, When]] = set()
    for copy, article in copies:
        block = copy.id
        # The same article may stand in two layouts, each for other readers.
        names = {(name, copy.when) for name in (article.title, article.url) if name}
        if names & told:
            yield Finding(Rule.ARTICLE_TWICE, block, article.title)
        told |= names
        if standing := facts.articles.get(article.article_id):
            yield Finding(STANDINGS[standing], block, article.title)
        if letter := facts.sent.get(article.article_id):
            yield Finding(Rule.ALREADY_SENT, block, letter)
