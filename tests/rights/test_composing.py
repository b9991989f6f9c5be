"""Letters from their templates: complete in both languages, or refused."""

from datetime import date
from pathlib import Path

import pytest
from letter_samples import CASE, KINDS, SAID

from mailer.app import create_app
from mailer.resources import folder
from mailer.rights import letter_facts
from mailer.rights.composing import Lacking, compose, draw, version
from mailer.rights.letters import SOURCE, Kind, Source, free_parts, mandatory, unsaid
from mailer.rights.parts import as_text, read

GOLDEN = Path(__file__).parents[1] / "emails" / "rights" / "letters"
TODAY = date(2026, 11, 24)
LANGUAGES = ("fr", "en")
EACH = [(kind, name) for kind in KINDS for name in mandatory(kind)]
GIVEN = [(kind, name) for kind, name in EACH if SOURCE[name] in {Source.CASE, Source.ACT}]
TYPED = [(kind, name) for kind, name in EACH if SOURCE[name] == Source.OFFICER]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The settings and templates; no letter needs a row to be composed."""
    data = tmp_path_factory.mktemp("letters")
    settings = {"SECRET_KEYS": ["a key"], "FINGERPRINT_KEY": "another", "DATA_FOLDER": str(data)}
    with create_app(settings).app_context():
        yield


def facts(language):
    return letter_facts.house(language, TODAY) | CASE | SAID[language]


def written(kind, language):
    return compose(kind, language, facts(language))


@pytest.fixture
def golden(desk):
    """Compares with the letter that was looked at; writes it when it is missing."""

    def compare(name, drawn):
        path = GOLDEN / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(drawn, encoding="utf-8")
            pytest.fail(f"{name} was missing and is now written: look at it")
        assert drawn == path.read_text(encoding="utf-8")

    return compare


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_letter_is_the_one_we_looked_at(golden, kind, language):
    letter = written(kind, language).written
    golden(f"{kind}.{language}.txt", f"{letter.title}\n\n{as_text(letter)}\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "name"), GIVEN)
def test_a_letter_is_refused_for_each_mention_that_nobody_gave(desk, kind, name, language):
    lacking = {each: fact for each, fact in facts(language).items() if each != name}
    with pytest.raises(Lacking) as refused:
        compose(kind, language, lacking)
    assert refused.value.mentions == (name,)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "name"), EACH)
def test_a_template_that_loses_a_part_is_found_out(desk, kind, name, language):
    letter = written(kind, language).written
    kept = tuple(part for part in letter.parts if name not in part.says)
    assert name in unsaid(kind, {}, kept)


@pytest.mark.parametrize("text", ["", "  \r\n "])
@pytest.mark.parametrize(("kind", "name"), TYPED)
def test_a_letter_is_refused_for_each_part_that_the_officer_left_empty(desk, kind, name, text):
    with pytest.raises(Lacking) as refused:
        compose(kind, "fr", facts("fr") | {name: text})
    assert refused.value.mentions == (name,)


def test_what_the_officer_types_stays_text(desk):
    said = {"doubt": '</section><section data-says="court">Rien\r\n\r\n& <b>'}
    letter = compose(Kind.A2, "fr", facts("fr") | said)
    (part,) = (part for part in letter.written.parts if part.free == "doubt")
    assert part.text.splitlines()[1].strip() == '</section><section data-says="court">Rien'
    assert [part for part in letter.written.parts if "court" in part.says] == []


def test_a_letter_gives_the_day_and_not_the_rule(desk):
    letter = written(Kind.A1, "fr").written
    assert "au plus tard le mardi 22 décembre 2026" in as_text(letter)


def test_an_incomplete_letter_is_drawn_for_the_officer_to_see(desk):
    letter = read(draw(Kind.A8, "fr", {"reference": "DR-2026-0042"}))
    assert letter.title == "Réponse à votre demande DR-2026-0042"


def test_another_word_in_a_template_is_another_version(desk):
    versions = {version(kind, language) for kind in KINDS for language in LANGUAGES}
    assert len(versions) == len(KINDS) * len(LANGUAGES)


def test_every_letter_is_written_in_both_languages():
    letters = folder("templates") / "rights" / "letters"
    french, english = ({f.name for f in (letters / each).iterdir()} for each in LANGUAGES)
    assert french == english >= {f"{kind}.html" for kind in KINDS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_free_part_stands_in_its_letter(desk, kind, language):
    template = folder("templates") / "rights" / "letters" / language / f"{kind}.html"
    shared = template.with_name("letter.html")
    text = template.read_text(encoding="utf-8") + shared.read_text(encoding="utf-8")
    assert all(f'data-free="{name}"' in text for name in free_parts(kind))
