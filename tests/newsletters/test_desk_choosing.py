"""Choosing articles: for a new letter, and for one that is being written."""

from newsletters.composing import approve, blocks, saved

PHARE, TRAIN = "Le phare rouvre", "Le train des plages"


def titles(issue_id):
    return [block.props.title for block in blocks(issue_id)]


def made(answer):
    return int(answer.location.rpartition("/")[2])


def test_articles_stand_in_the_order_in_which_they_were_ticked(editor, mailing_list, articles):
    first, second = articles[PHARE], articles[TRAIN]
    for order, expected in (
        (f"{first},{second}", [PHARE, TRAIN]),
        (f"{second},{first}", [TRAIN, PHARE]),
    ):
        answer = editor.submit(
            "/bureau/lettres", list=mailing_list, article=[first, second], order=order
        )
        assert titles(made(answer)) == expected


def test_a_forged_order_changes_nothing(editor, mailing_list, articles):
    answer = editor.submit(
        "/bureau/lettres", list=mailing_list, article=articles[PHARE], order="x,,²"
    )
    assert titles(made(answer)) == [PHARE]


def test_the_titles_that_follow_the_first_suggest_the_preheader(editor, mailing_list, articles):
    ticked = [articles[PHARE], articles[TRAIN]]
    issue_id = made(editor.submit("/bureau/lettres", list=mailing_list, article=ticked))
    assert (saved(issue_id).subject, saved(issue_id).preheader) == (PHARE, TRAIN)


def test_a_search_finds_words_without_their_accents_and_keeps_what_is_ticked(
    editor, mailing_list, articles
):
    answer = editor.submit(
        "/bureau/lettres", do="search", words="PLÀGES", article=articles[PHARE], list=mailing_list
    )
    assert answer.status_code == 200
    assert answer.text.index(PHARE) < answer.text.index(TRAIN)
    assert answer.text.count(" checked") == 3
    assert editor.get("/bureau/lettres").text.count("<tr>") == 0


def test_a_search_that_finds_nothing_says_what_to_do(editor, mailing_list, articles):
    answer = editor.submit("/bureau/lettres", do="search", words="baleine")
    assert "Essayez-en d’autres" in answer.text
    assert PHARE not in answer.text


def test_a_search_by_source_leaves_the_others_out(editor, mailing_list, articles):
    answer = editor.submit("/bureau/lettres", do="search", source="99")
    assert PHARE not in answer.text


def test_a_letter_may_begin_empty_whatever_is_ticked(editor, mailing_list, articles):
    answer = editor.submit(
        "/bureau/lettres", do="empty", list=mailing_list, article=articles[PHARE]
    )
    assert blocks(made(answer)) == ()


def test_the_last_letter_may_be_taken_again(editor, draft):
    page = editor.get("/bureau/lettres/nouvelle").text
    assert f'formaction="/bureau/lettres/{draft}/copie"' in page


def test_the_list_of_the_last_letter_is_chosen_beforehand(editor, draft, mailing_list):
    page = editor.get("/bureau/lettres/nouvelle").text
    assert f'name="list" value="{mailing_list}" required checked' in page


def test_articles_are_added_after_the_block_where_they_were_asked_for(editor, draft, articles):
    answer = editor.submit(
        f"/bureau/lettres/{draft}/articles", do="add", apres="b1", article=articles[TRAIN]
    )
    assert answer.location.endswith("#bloc-b9")
    assert blocks(draft)[1].props.title == TRAIN
    assert len(blocks(draft)) == 9


def test_articles_to_add_are_sought_by_words(editor, draft, articles):
    answer = editor.submit(
        f"/bureau/lettres/{draft}/articles", do="search", apres="b1", words="train"
    )
    assert f">{TRAIN}</label>" in answer.text
    assert f">{PHARE}</label>" not in answer.text
    assert 'name="apres" value="b1"' in answer.text


def test_an_approved_letter_takes_no_more_articles(editor, draft, articles):
    approve(editor, draft, 2)
    answer = editor.submit(f"/bureau/lettres/{draft}/articles", do="add", article=articles[TRAIN])
    assert answer.status_code == 409
