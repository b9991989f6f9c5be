"""Predicates by chance, over a vocabulary whose names are as awkward as names may be."""

from datetime import date

from hypothesis import strategies as st

from mailer.subscriptions.segments.phrases import FRENCH
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
    is_bounded,
    most,
)
from mailer.subscriptions.segments.vocabulary import Vocabulary

KNOWN = Vocabulary(
    lists={
        "ville": "Lettre de la ville",
        "agenda": "L’agenda : sorties et fêtes",
        "ville-2": "lettre de la ville",
        "estran": "« L’Estran »",
        "dit": 'Le "dit" »',
        "ou": "Où",
        "nom": "ville",
    },
    topics=("Culture", "Culture et sport", "Non-fumeurs (groupe)", "Mer"),
    territories=("Calvados", "Côtes-d’Armor", "Pays d’Auge"),
    imports=("3", "12"),
    importers=("1",),
)


def _chosen(field: Field) -> st.SearchStrategy[Is]:
    return st.builds(Is, st.just(field), st.sampled_from(sorted(KNOWN.values(field, "fr"))))


def _did(unit: Unit) -> st.SearchStrategy[Did]:
    deeds = sorted(FRENCH.deeds) if unit is Unit.DAYS else [Deed.OPENED, Deed.CLICKED]
    return st.builds(Did, st.sampled_from(deeds), st.integers(1, most(unit)), st.just(unit))


DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
CONDITIONS = st.one_of(
    *map(_chosen, Field),
    st.builds(Dated, st.sampled_from(Moment), st.sampled_from(Side), DAYS),
    st.builds(Lately, st.sampled_from(Moment), st.integers(1, most(Unit.DAYS))),
    *map(_did, Unit),
)


def trees(leaves=CONDITIONS):
    """Predicates of those conditions."""
    parts = st.recursive(
        leaves,
        lambda below: st.one_of(
            st.builds(Not, below),
            *(
                st.builds(group, st.lists(below, min_size=2, max_size=4).map(tuple))
                for group in (All, Some)
            ),
        ),
        max_leaves=8,
    )
    return parts.filter(is_bounded)
