from mailer.subscriptions.lists import slug_for


def test_a_short_name_is_written_in_plain_letters():
    assert slug_for("L’agenda de l’été", set()) == "l-agenda-de-l-ete"


def test_no_two_lists_bear_the_same_short_name():
    assert slug_for("La lettre", {"la-lettre", "la-lettre-2"}) == "la-lettre-3"


def test_a_name_without_a_plain_letter_still_has_a_short_name():
    assert slug_for("漢字", set()) == "liste"
