import re

import pytest
from lxml import html as lxml_html
from newsletters.themed import THEMES, whole

from mailer.newsletters.render import render
from mailer.newsletters.web_page import for_browsers

OLD = re.compile(r"<(?:body|table|tr|td|th)\b[^<>]*\s(?:bgcolor|align|valign|cell\w+|border)=")


@pytest.mark.parametrize("theme", THEMES)
def test_no_attribute_that_html_gave_up_is_left(theme):
    mail = render(whole(theme)).html

    assert OLD.search(mail)
    assert not OLD.search(for_browsers(mail))


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ('<td align="left" bgcolor="#fff">', '<td style="background-color:#fff;text-align:left;">'),
        ('<td valign="top" style="width:64px">', '<td style="vertical-align:top;width:64px">'),
        ("<td height=\"6\" style='color:red'>", "<td style='height:6px;color:red'>"),
        ('<table width="100%" border="0">', '<table style="width:100%;">'),
        ('<table align="center">', '<table style="margin-left:auto;margin-right:auto;">'),
        ('<td align="center">', '<td style="text-align:center;text-align:-webkit-center;">'),
        ('<td class="edge">', '<td class="edge">'),
        ('<img width="600" height="300" alt="">', '<img width="600" height="300" alt="">'),
    ],
)
def test_what_an_attribute_said_is_said_by_style_before_the_letters_own(tag, shown):
    assert for_browsers(tag) == shown


@pytest.mark.parametrize("theme", THEMES)
def test_a_picture_and_its_caption_are_one_figure_named_by_the_caption(theme):
    mail = render(whole(theme)).html
    [drawn] = lxml_html.document_fromstring(for_browsers(mail)).iter("figure")
    [sent] = lxml_html.document_fromstring(mail).xpath("//*[@role='figure']")

    [caption] = drawn.findall("figcaption")
    words = caption.text_content().strip()
    assert words == "Les dunes au matin."
    assert (drawn.get("role"), drawn.get("aria-label")) == ("figure", words)
    assert len(list(drawn.iter("img"))) == 1
    assert sent.get("aria-label") == words
    assert [each.tag for each in sent.iter("img", "p")] == ["img", "p"]


def test_a_caption_full_of_signs_stays_whole():
    words = "« 3 &gt; 2 » d&#39;après &lt;div&gt; &quot;Hugo&quot;"
    mail = (
        f'<div role="figure" aria-label="{words}"><img alt=""><p class="caption">{words}</p></div>'
    )

    assert for_browsers(mail) == (
        f'<figure role="figure" aria-label="{words}" style="margin:0"><img alt="">'
        f'<figcaption><p class="caption">{words}</p></figcaption></figure>'
    )


def test_the_words_stay_as_they_are():
    text = '<p>align="left" et width="3" sont des mots ici</p>'

    assert for_browsers(text) == text
