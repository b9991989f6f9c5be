"""A predicate is written, read, kept and changed without becoming another one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from subscriptions.segments.written import CONDITIONS, KNOWN, trees

from mailer.errors import Invalid
from mailer.subscriptions.segments import editing
from mailer.subscriptions.segments.faults import Fault, Unreadable
from mailer.subscriptions.segments.predicate import (
    All,
    Dated,
    Deed,
    Did,
    Field,
    Is,
    Lately,
    Moment,
    Not,
    Side,
    Some,
    Unit,
)
from mailer.subscriptions.segments.reading import LONGEST, read
from mailer.subscriptions.segments.stored import from_json, to_json
from mailer.subscriptions.segments.writing import written

CULTURE, CALVADOS = Is(Field.TOPIC, "Culture"), Is(Field.TERRITORY, "Calvados")
AGENDA = Is(Field.LIST, "agenda")
NEW_YEAR = Dated(Moment.REQUESTED, Side.AFTER, date(2026, 1, 1))
EXAMPLE = All((AGENDA, Some((CULTURE, CALVADOS)), NEW_YEAR))


def understood(text):
    return read(text, KNOWN, "fr")


def refused(text):
    with pytest.raises(Unreadable) as refusal:
        understood(text)
    return refusal.value


def position_of_fault(text):
    """Where it is not understood; 1 when all of it is."""
    try:
        understood(text)
    except Unreadable as refusal:
        return refusal.place.position
    return 1


@given(trees(), st.sampled_from(["fr", "en"]))
def test_what_is_written_reads_back_the_same(tree, language):
    assert read(written(tree, KNOWN, language), KNOWN, language) == tree


@given(trees())
def test_what_is_kept_reads_back_the_same(tree):
    assert from_json(to_json(tree)) == tree


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_with_a_place_in_it(text):
    assert 1 <= position_of_fault(text) <= len(text) + 1


def test_a_predicate_reads_as_a_sentence_in_both_languages():
    assert written(EXAMPLE, KNOWN, "fr") == (
        "liste = «\u00a0L’agenda : sorties et fêtes\u00a0»"
        " et (sujet = Culture ou territoire = Calvados) et inscrit après le 1er janvier 2026"
    )
    assert written(EXAMPLE, KNOWN, "en") == (
        "list = “L’agenda : sorties et fêtes”"
        " and (topic = Culture or territory = Calvados) and subscribed after 1 January 2026"
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("SUJET =culture", CULTURE),
        ("topic = culture ou territory=calvados", Some((CULTURE, CALVADOS))),
        ("sujet != Culture", Not(CULTURE)),
        ("non (sujet = Culture)", Not(CULTURE)),
        ("liste = agenda", AGENDA),
        ("liste = l'agenda : sorties", None),
        ('territoire = "cotes-d\'armor"', Is(Field.TERRITORY, "Côtes-d’Armor")),
        ("inscrit apres le 2026-01-01", NEW_YEAR),
        ("inscrit après le 01/01/2026", NEW_YEAR),
        ("subscribed after 1 january 2026", NEW_YEAR),
        ("confirmé dans les 30 derniers jours", Lately(Moment.CONFIRMED, 30)),
        ("n'a pas ouvert dans les 5 dernières lettres", Not(Did(Deed.OPENED, 5, Unit.LETTERS))),
        ("clicked in the last day", Did(Deed.CLICKED, 1, Unit.DAYS)),
        ("langue = anglais", Is(Field.LANGUAGE, "en")),
        ("source = page intégrée", Is(Field.SOURCE, "embed")),
        (
            "liste = agenda ou sujet = Culture et territoire = Calvados",
            Some((AGENDA, All((CULTURE, CALVADOS)))),
        ),
    ],
)
def test_it_may_be_typed_as_people_type(text, meant):
    if meant is None:
        assert refused(text).fault is Fault.UNKNOWN
    else:
        assert understood(text) == meant


@pytest.mark.parametrize(
    ("text", "fault", "position"),
    [
        ("", Fault.EMPTY, 1),
        ("   ", Fault.EMPTY, 4),
        ("sujet = Culture " * 200, Fault.LONG, LONGEST + 1),
        ("adresse = x", Fault.CONDITION, 1),
        ("sujet = Culture et", Fault.CONDITION, 19),
        ("sujet Culture", Fault.EQUALS, 7),
        ("sujet =", Fault.VALUE, 8),
        ("sujet = Cultur", Fault.UNKNOWN, 9),
        ("sujet = « Culture", Fault.QUOTE, 9),
        ("inscrit hier", Fault.DAYS_OR_DATE, 9),
        ("inscrit dans les 3 dernières lettres", Fault.DAYS_OR_DATE, 37),
        ("inscrit après le 31 février 2026", Fault.DATE, 18),
        ("inscrit après le bientôt", Fault.DATE, 18),
        ("a ouvert hier", Fault.SPAN, 10),
        ("a ouvert dans les 0 derniers jours", Fault.COUNT, 10),
        ("a ouvert dans les 9999 derniers jours", Fault.COUNT, 10),
        ("a reçu dans les 3 dernières lettres", Fault.ONLY_DAYS, 36),
        ("(sujet = Culture", Fault.GROUP, 1),
        ("sujet = Culture)", Fault.JOINING, 16),
        ("(sujet = Culture « x »", Fault.JOINING, 18),
        ("(" * 40 + "sujet = Culture" + ")" * 40, Fault.LARGE, 22),
        ("non (sujet = Culture et " * 6 + "langue = français" + ")" * 6, Fault.LARGE, 1),
        (" ou ".join(["sujet = Mer"] * 31), Fault.LARGE, 1),
    ],
)
def test_what_is_not_understood_is_refused_where_it_stands(text, fault, position):
    refusal = refused(text)

    assert (refusal.fault, refusal.place.position) == (fault, position)


def test_a_name_that_nothing_bears_is_answered_with_the_nearest():
    assert refused("territoire = Calvado").near[0] == "Calvados"


def test_an_address_is_no_value_of_any_field():
    for field in ("liste", "sujet", "territoire", "langue", "source", "importation"):
        assert refused(f"{field} = « camille@exemple.fr »").fault is Fault.UNKNOWN


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"version": 2, "where": {"field": "topic", "is": "Mer"}},
        {"version": 1, "where": {"field": "address", "is": "camille@exemple.fr"}},
        {"version": 1, "where": {"all": []}},
        {"version": 1, "where": {"moment": "requested", "after": "hier"}},
        {"version": 1, "where": "1 = 1"},
    ],
)
def test_nothing_is_made_of_a_row_that_we_did_not_write(kept):
    with pytest.raises(Invalid):
        from_json(kept)


@given(st.none() | trees(), CONDITIONS, st.booleans())
def test_a_condition_that_was_added_can_be_removed(tree, part, to_all):
    longer = editing.add(tree, part, to_all=to_all)

    assert editing.remove(longer, len(editing.top(longer)) - 1) == tree


def test_conditions_are_gathered_into_a_group_of_the_other_joining():
    flat = All((AGENDA, CULTURE, NEW_YEAR, CALVADOS))

    assert editing.gather(flat, {1, 3}) == All((AGENDA, Some((CULTURE, CALVADOS)), NEW_YEAR))
    assert editing.gather(flat, {0, 1, 2, 3}) == Some(flat.parts)
    assert editing.gather(flat, {2}) == flat
