"""A stored letter with all that its page needs: who writes, why, and the links of its footer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import links
from mailer.articles.searching import folded
from mailer.clock import now, paris_day
from mailer.newsletters import filling, queries
from mailer.newsletters.blocks import parse
from mailer.newsletters.compose import compose
from mailer.newsletters.content import Draft, Footer, FooterLink, IssueContent, Rendered
from mailer.newsletters.fields import ADDRESSES, filled, joined_on, mark, previewed
from mailer.newsletters.models import ApprovedLetter, Issue
from mailer.newsletters.readers import Reader, others, read_by
from mailer.newsletters.render import marked, render
from mailer.newsletters.themes import queries as themes
from mailer.web.language import LANGUAGES


def content(issue: Issue) -> IssueContent:
    """The letter as most people get it; its own words are in its own language."""
    with force_locale(issue.language):
        return IssueContent(
            subject=issue.subject,
            preheader=issue.preheader,
            language=issue.language,
            series=issue.newsletter.name,
            blocks=read_by(filling.drawn(issue), main_reader(issue)),
            footer=_footer(issue),
            read_more=_("Lire l’article"),
            base_url=current_app.config["BASE_URL"],
            add_to_calendar=_("Ajouter à mon agenda"),
            dated=paris_day(issue.updated_at),
            look=themes.look(issue.theme, issue.newsletter_id),
        )


def whole(issue: Issue) -> IssueContent:
    """The letter with the blocks of everyone, as its editor has it."""
    return replace(content(issue), blocks=parse(issue.blocks))


def main_reader(issue: Issue) -> Reader:
    """Whom the letter is written for first: who wants each one, in its language."""
    return Reader(issue.newsletter.mailing_list.slug, issue.language)


def other_contents(issue: Issue) -> Iterator[tuple[Reader, IssueContent]]:
    """The letter for each kind of reader who is shown other blocks than most people."""
    usual = content(issue)
    for reader, shown in others(filling.drawn(issue), main_reader(issue), LANGUAGES):
        yield reader, replace(usual, blocks=shown)


def web_content(issue: Issue) -> IssueContent:
    """The letter as a page for anybody: no link in it is somebody's own."""
    letter = content(issue)
    public = tuple(link for link in letter.footer.links if "{{" not in link.url)
    with force_locale(issue.language):
        subscribe = FooterLink(_("Recevoir cette lettre"), links.home())
        footer = replace(
            letter.footer,
            reason=_("Cette page est la version web de « %(list)s ».", list=letter.series),
            links=(subscribe, *public),
        )
    return replace(letter, footer=footer, base_url="", web_url=queries.web_url(issue.id))


def for_contract(issue: Issue, reference: str) -> Rendered:
    """The letter for one person under a contract: its footer says so, and leads out of no list."""
    letter = content(issue)
    with force_locale(issue.language):
        footer = replace(
            letter.footer,
            reason=_(
                "Vous recevez ce courriel pour le dossier ou le contrat %(reference)s.",
                reference=reference,
            ),
            links=(FooterLink(_("Mes droits"), links.rights()),),
        )
    drawn = replace(letter, footer=footer, web_url=queries.web_url(issue.id))
    return filled(render(drawn), _impersonal_values(issue.language, None))


def sample(issue: Issue) -> Rendered:
    """The letter as a made-up person would read it, with links that act on nobody."""
    return _impersonal(content(issue))


def preview(issue: Issue) -> Rendered:
    """The same for a page of this site, with its pictures by path."""
    return _impersonal(replace(content(issue), base_url=""))


def as_read_by(issue: Issue, reader: Reader, since: date) -> Rendered:
    """The letter for a page of this site as somebody of that kind reads it, who came that day."""
    blocks = read_by(filling.drawn(issue), reader)
    return _impersonal(replace(content(issue), blocks=blocks, base_url=""), since)


def live(issue: Issue, draft: Draft) -> str:
    """The page of the preview with these words, its style in its head: that takes far less time.

    What it shows is the same (tests/newsletters/test_letter_in_a_browser.py).
    """
    taken = filling.picks(draft.blocks, filling.anything_new(issue), now())
    letter = replace(
        content(issue),
        subject=draft.subject,
        preheader=draft.preheader,
        blocks=filling.filled(draft.blocks, taken),
        base_url="",
    )
    drawn = Rendered(letter.subject, compose(marked(letter)), "")
    return previewed(drawn, _impersonal_values(issue.language, None)).html


def web_version(issue: Issue) -> Rendered:
    """The letter as anybody may read it."""
    values = _impersonal_values(issue.language, None)
    # Where the calendar files of its events are.
    own = {"web_url": queries.web_url(issue.id)}
    return filled(render(web_content(issue)), values | own)


def for_anybody(issue: Issue, text: str) -> str:
    """A text of the letter with nothing of any reader."""
    values = _impersonal_values(issue.language, None)
    return filled(Rendered("", "", mark(text)), values).text


def kept(issue: Issue, digest: str, sent: Rendered, web: Rendered) -> ApprovedLetter:
    """What stays of a letter: as it leaves, and as anybody may read and search it."""
    summary = for_anybody(issue, issue.preheader)
    return ApprovedLetter(
        content_hash=digest,
        subject=sent.subject,
        html=sent.html,
        text=sent.text,
        web_html=web.html,
        web_title=web.subject,
        web_summary=summary,
        web_text=web.text,
        searched=folded(f"{web.subject} {summary} {web.text}"),
    )


def _impersonal(letter: IssueContent, since: date | None = None) -> Rendered:
    return previewed(render(letter), _impersonal_values(letter.language, since))


def _impersonal_values(language: str, since: date | None) -> dict[str, str]:
    return {
        "joined_on": joined_on(since or paris_day(now()), language),
        **dict.fromkeys(ADDRESSES, links.home()),
    }


def _footer(issue: Issue) -> Footer:
    config = current_app.config
    return Footer(
        organisation=config["ORGANISATION"],
        postal_address=config["POSTAL_ADDRESS"],
        reason=_(
            "Vous recevez ce courriel parce que votre adresse est inscrite à « %(list)s » depuis"
            " le %(day)s.",
            list=issue.newsletter.name,
            day="{{joined_on}}",
        ),
        links=(
            FooterLink(_("Se désinscrire"), "{{unsubscribe_url}}"),
            FooterLink(_("Mes préférences"), "{{manage_url}}"),
            FooterLink(_("Mes droits"), links.rights()),
            FooterLink(_("Version web"), "{{web_url}}"),
            FooterLink(_("Pourquoi je reçois cette lettre"), "{{why_url}}"),
        ),
    )
