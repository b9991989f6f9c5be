import logging

from mailer.newsletters.inline import inline

PAGE = """<!DOCTYPE html>
<html><head>
<style>.a { color: #123456; } .a, .b { margin: 0; }</style>
<style data-premailer="ignore">@media (min-width: 1px) { .a { color: #fff !important; } }</style>
</head><body><p class="a">é</p><a class="b" href="zqfield70qz">x</a><!--[if mso]>y<![endif]-->
</body></html>"""


def test_rules_go_onto_their_elements():
    assert '<p class="a" style="color:#123456; margin:0">é</p>' in inline(PAGE)


def test_the_sheet_for_screens_stays_untouched():
    assert "@media (min-width: 1px) { .a { color: #fff !important; } }" in inline(PAGE)


def test_addresses_and_comments_stay_untouched():
    page = inline(PAGE)
    assert 'href="zqfield70qz"' in page
    assert "<!--[if mso]>y<![endif]-->" in page


def test_a_sheet_of_another_host_is_not_fetched():
    foreign = PAGE.replace("<head>", '<head><link rel="stylesheet" href="https://x.invalid/a.css">')
    assert "color:#123456" in inline(foreign)


def test_the_inliner_says_nothing_in_the_log(caplog):
    caplog.set_level(logging.DEBUG)
    inline(PAGE.replace("color:", "colour:"))
    assert caplog.records == []
