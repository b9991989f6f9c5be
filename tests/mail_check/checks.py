"""Twenty-four objective checks of the mails that leave and come back, and the tests that make them.

A test is named by its file, and by its function where the file holds others as well.
"""

from dataclasses import dataclass

WRITTEN = "tests/delivery/test_mail_checks.py"
BROWSER = "tests/newsletters/test_letter_in_a_browser.py"
DRAWN = "tests/newsletters/test_render.py"
LEAVING = "tests/subscriptions/test_leaving.py"


@dataclass(frozen=True)
class Check:
    """What is looked at, with which program, and where."""

    number: int
    what: str
    tests: tuple[str, ...]


CHECKS = (
    Check(
        1,
        "the headers of 500 mails are complete, each Message-ID its own",
        (
            f"{WRITTEN}::test_each_header_that_must_stand_stands_once",
            f"{WRITTEN}::test_no_two_mails_have_one_message_id",
        ),
    ),
    Check(
        2,
        "List-Unsubscribe and Feedback-ID are never encoded",
        (
            f"{WRITTEN}::test_what_programs_act_on_is_never_encoded",
            f"{WRITTEN}::test_no_token_is_encoded_or_broken_whatever_its_length",
        ),
    ),
    Check(
        3,
        "lines are short, end in CRLF and hold seven bits",
        (
            f"{WRITTEN}::test_every_line_is_short_and_ends_in_crlf",
            f"{WRITTEN}::test_every_octet_is_one_of_seven_bits",
        ),
    ),
    Check(
        4,
        "1,000 subjects and names are decoded by Python, Node and Go (RFC 2047)",
        ("tests/mail/parsers/test_encoded_words.py",),
    ),
    Check(5, "no text brings a header of its own", ("tests/delivery/test_injection.py",)),
    Check(
        6,
        "both DKIM signatures of 100 mails are good to dkimpy and mailauth",
        (
            f"{WRITTEN}::test_both_signatures_of_a_hundred_mails_are_good_to_dkimpy",
            f"{WRITTEN}::test_both_signatures_of_a_hundred_mails_are_good_to_mailauth",
        ),
    ),
    Check(
        7,
        "what was changed on the way is found by dkimpy and mailauth",
        (
            f"{WRITTEN}::test_whatever_was_changed_on_the_way_dkimpy_finds_it",
            f"{WRITTEN}::test_whatever_was_changed_on_the_way_mailauth_finds_it",
        ),
    ),
    Check(
        9,
        "one click leaves at once, without cookie or redirect, twice alike",
        (
            f"{LEAVING}::test_one_click_leaves_at_once_without_cookie_or_redirect",
            f"{LEAVING}::test_one_click_twice_answers_alike_and_counts_once",
            f"{LEAVING}::test_following_the_link_of_the_header_shows_a_button_and_changes_nothing",
        ),
    ),
    Check(
        10,
        "a scanner that opens every link changes no row",
        ("tests/flows/test_main_job.py::test_from_a_form_to_a_letter_and_out_again",),
    ),
    Check(11, "SpamAssassin finds nothing", ("tests/newsletters/test_spam_score.py",)),
    Check(
        12,
        "30 articles weigh less than what Gmail cuts",
        (f"{DRAWN}::test_thirty_articles_stay_under_what_gmail_cuts",),
    ),
    Check(
        13,
        "nothing comes from another host",
        (f"{DRAWN}::test_nothing_comes_from_another_host",),
    ),
    Check(
        14,
        "html-validate and vnu find no fault",
        ("tests/newsletters/test_html_of_letters.py",),
    ),
    Check(
        15,
        "axe finds nothing, at 320, 375 and 600 px, light and dark",
        (f"{BROWSER}::test_axe_finds_no_fault",),
    ),
    Check(
        16,
        "without <style> the letter fits and reads as well",
        (
            f"{BROWSER}::test_axe_finds_no_fault_without_style_sheets",
            f"{BROWSER}::test_nothing_is_wider_than_the_screen",
        ),
    ),
    Check(
        17,
        "inlining changes no computed style and no field",
        (
            f"{BROWSER}::test_inlining_changes_no_computed_style",
            f"{DRAWN}::test_the_fields_come_through_inlining",
        ),
    ),
    Check(
        18,
        "no client of French readers lacks what the letter needs (Can I email)",
        (
            f"{DRAWN}::test_no_french_mail_client_lacks_what_the_letter_needs",
            "tests/newsletters/test_checks_themes.py::test_nothing_is_to_mend_in_a_theme_of_ours",
        ),
    ),
    Check(
        19,
        "the text part holds every title and link, in narrow lines",
        (
            f"{DRAWN}::test_every_link_and_title_of_the_page_is_in_the_text",
            f"{DRAWN}::test_lines_of_the_text_are_narrow_but_for_addresses",
        ),
    ),
    Check(20, "bounces of the corpus are read right", ("tests/bounces/test_corpus.py",)),
    Check(21, "spoilt bounces raise nothing", ("tests/bounces/test_hostile_mail.py",)),
    Check(22, "100,000 return-paths are short and cannot be forged", ("tests/mail/test_verp.py",)),
    Check(
        23,
        "recorded webhooks mean what they meant, and count once",
        ("tests/bounces/test_providers.py",),
    ),
    Check(24, "feeds give their titles, links and dates", ("tests/articles/test_parse.py",)),
    Check(25, "hostile feeds are read or refused", ("tests/articles/test_hostile_feeds.py",)),
)
