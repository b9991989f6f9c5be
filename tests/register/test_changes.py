"""What differs between two sheets."""

from dataclasses import replace

from mailer.register.changes import Happened, between
from mailer.register.sheet import Activity, Controller, Kept, Sheet

LETTER = Activity(
    key="newsletter:lettre",
    purpose="newsletter",
    name="La lettre",
    aim="des portraits",
    basis="consent",
    subjects=("subscribers",),
    categories=("email",),
    recipients=("subscribers",),
    processors=(),
    transfers="",
    retention=(Kept("subscriber", "prospect_months", 36),),
    security=("roles",),
)
SHEET = Sheet(Controller("Agence", "Quai", "", "dpo@exemple.fr"), (LETTER,))


def told(after, before=SHEET):
    return [(change.happened, change.part) for change in between(before, after)]


def test_of_the_same_sheet_nothing_is_told():
    assert told(SHEET) == []


def test_a_part_that_changed_is_told_alone():
    longer = replace(LETTER, retention=(Kept("subscriber", "prospect_months", 24),))
    assert told(replace(SHEET, activities=(longer,))) == [(Happened.CHANGED, "retention")]


def test_an_activity_that_began_is_told_once():
    other = replace(LETTER, key="newsletter:agenda", name="L’agenda")
    assert told(replace(SHEET, activities=(LETTER, other))) == [(Happened.BEGAN, "")]


def test_an_activity_that_ended_is_told_once():
    assert told(replace(SHEET, activities=())) == [(Happened.ENDED, "")]


def test_another_officer_is_told():
    officer = replace(SHEET.controller, officer="delegue@exemple.fr")
    assert told(replace(SHEET, controller=officer)) == [(Happened.CHANGED, "officer")]
