"""What holds for every page that any test asks for; the client in browser.py applies it."""

from collections import Counter
from itertools import pairwise

from lxml import html

# Letters, shown as their readers get them: styled for mailboxes, in a frame or under an own policy.
LETTERS = frozenset(
    {
        "mailbox.html",
        "newsletters.archived_letter",
        "newsletters.digest_preview",
        "newsletters.live_preview",
        "newsletters.look_preview",
        "newsletters.preview",
        "newsletters.version_preview",
        "newsletters.web_version",
    }
)

TYPED = "//input[not(@type='hidden' or @type='submit' or @type='button')] | //select | //textarea"


def faults(text):
    """What is wrong with the page or the fragment, one sentence each."""
    tree = html.fromstring(text)
    rules = EVERYWHERE + (WHOLE_PAGES if text.lstrip()[:9].lower() == "<!doctype" else ())
    return [fault for rule in rules for fault in rule(tree)]


def one_main_heading(tree):
    if (count := len(tree.xpath("//h1"))) != 1:
        yield f"{count} h1 instead of one"


def a_language_and_a_title(tree):
    if tree.get("lang") not in {"fr", "en"}:
        yield "no lang on html"
    if not tree.findtext(".//title", "").strip():
        yield "no title"


def a_title_that_tells_of_errors(tree):
    """What a screen reader says first of a page that came back."""
    wrong = "//*[@role='alert' and contains(@class, 'summary')] | //*[@aria-invalid='true']"
    title = tree.findtext(".//title", "").strip()
    if tree.xpath(wrong) and not title.startswith(("Erreur", "Error")):
        yield "something is marked as wrong, and the title does not say so"


def headings_in_order(tree):
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"h{below} follows h{above}"


def unique_ids(tree):
    for name, count in Counter(tree.xpath("//@id")).items():
        if count > 1:
            yield f"id {name!r} stands {count} times"


def references_resolve(tree):
    known = set(tree.xpath("//@id"))
    for attribute in ("for", "aria-describedby", "aria-labelledby"):
        for value in tree.xpath(f"//@{attribute}"):
            for name in value.split():
                if name not in known:
                    yield f"{attribute} names {name!r}, which is no id of the page"


def labelled_fields(tree):
    labelled = set(tree.xpath("//label/@for"))
    for field in tree.xpath(TYPED):
        named = field.get("aria-label") or field.get("aria-labelledby")
        if not (named or field.get("id") in labelled or field.xpath("ancestor::label")):
            yield f"field {field.get('name')!r} has no label"


def words_in_links_and_buttons(tree):
    for element in tree.xpath("//a[@href] | //button"):
        if not (element.text_content().strip() or element.xpath(".//@alt | @aria-label")):
            yield f"{element.tag} without words: {html.tostring(element)[:120]!r}"


def alternatives_of_images(tree):
    for image in tree.xpath("//img[not(@alt)]"):
        yield f"img without alt: {image.get('src')}"


def nothing_inline(tree):
    for element in tree.xpath("//style | //script[not(@src)]"):
        yield f"inline {element.tag}"
    for name in {attribute for element in tree.iter() for attribute in element.attrib}:
        if name == "style" or (name.startswith("on") and name != "one"):
            yield f"inline {name}"


def nothing_foreign(tree):
    for address in tree.xpath(
        "//script/@src | //img/@src | //link[@rel!='canonical']/@href | //iframe/@src"
    ):
        if address.startswith(("http:", "https:", "//")):
            yield f"loads {address}"


def forms_carry_a_token(tree):
    for form in tree.xpath("//form[translate(@method, 'POST', 'post')='post']"):
        if not form.xpath(".//input[@name='form_token' or @name='csrf_token']"):
            yield f"form to {form.get('action')!r} without token"


def traps_for_programs_only(tree):
    """The field that only a program fills: on every visitor's form, out of the way of people."""
    for form in tree.xpath("//form[.//input[@name='form_token']]"):
        hidden = "[ancestor::*[@aria-hidden='true']][@tabindex='-1'][@autocomplete='off']"
        if not form.xpath(f".//input[@name='website']{hidden}"):
            yield f"form to {form.get('action')!r} without a hidden trap"


EVERYWHERE = (
    unique_ids,
    labelled_fields,
    words_in_links_and_buttons,
    alternatives_of_images,
    nothing_inline,
    nothing_foreign,
    forms_carry_a_token,
    traps_for_programs_only,
)
WHOLE_PAGES = (
    one_main_heading,
    a_language_and_a_title,
    a_title_that_tells_of_errors,
    headings_in_order,
    references_resolve,
)
