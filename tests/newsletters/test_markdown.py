from mailer.newsletters.markdown import links, to_html, to_text


def test_bold_italic_link_and_list_become_html():
    source = "**un** *deux* [trois](https://exemple.fr/)\n\n- quatre"
    assert to_html(source) == (
        '<p><strong>un</strong> <em>deux</em> <a href="https://exemple.fr/">trois</a></p>\n'
        "<ul>\n<li>quatre</li>\n</ul>"
    )


def test_html_in_the_source_is_shown_not_obeyed():
    assert to_html("<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


def test_a_script_address_makes_no_link():
    assert "<a" not in to_html("[x](javascript:alert(1))")


def test_a_heading_is_left_to_the_heading_block():
    assert to_html("# titre") == "<p># titre</p>"


def test_the_text_gives_the_address_after_the_words():
    assert to_text("voir [le site](https://exemple.fr/)") == "voir le site (https://exemple.fr/)"


def test_the_text_keeps_lists_and_lines():
    assert to_text("a\nb\n\n- c\n- d\n\n1. e") == "a\nb\n\n- c\n- d\n\n1. e"


def test_links_are_found_with_their_words():
    assert links("[a *b*](https://x.fr/) puis c") == [("a b", "https://x.fr/")]
