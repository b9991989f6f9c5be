"""What a form says of a field that is wrong tells what to do about it, in our own words."""

import ast
import re

import pytest

WORDS = {"_", "gettext", "ngettext", "lazy_gettext"}
REFUSALS = {"ValidationError", "StopValidation"}
# The validators of WTForms that speak for themselves, in English, when nothing is given to them.
SPEAKING = {"DataRequired", "InputRequired", "Length", "NumberRange", "Regexp", "EqualTo", "AnyOf"}
# A reader is told to do something: a verb in the imperative.
CURE = re.compile(r"\b\w+ez\b|\bDites\b")
# Nobody types a hidden field: what is wrong with it is no mistake of the reader.
UNSEEN = {"HiddenInput", "HiddenField"}


@pytest.fixture
def modules(root):
    paths = sorted(root.glob("mailer/**/*.py"))
    return {str(path.relative_to(root)): ast.parse(path.read_text("utf-8")) for path in paths}


def name_of(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def calls(tree, names):
    return [n for n in ast.walk(tree) if isinstance(n, ast.Call) and name_of(n) in names]


def said(tree):
    """The strings for readers in that part of a module."""
    given = (argument for call in calls(tree, WORDS) for argument in call.args)
    return [each.value for each in given if isinstance(each, ast.Constant)]


def is_of_errors(node):
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Attribute) and target.attr == "errors" for target in node.targets
    )


def errors(tree):
    """All that a module may say of a field."""
    assigned = [node.value for node in ast.walk(tree) if is_of_errors(node)]
    return {text for part in (*calls(tree, REFUSALS | SPEAKING), *assigned) for text in said(part)}


def helpless(tree):
    """Those of them that tell nobody what to do."""
    return {text for text in errors(tree) if not CURE.search(text)}


def silent(tree):
    """Validators that would speak in the library's words, of fields that somebody fills in."""
    unseen = {
        id(inner)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and UNSEEN & {getattr(n, "id", "") for n in ast.walk(call)}
        for inner in ast.walk(call)
    }
    return [
        f"{name_of(call)}, line {call.lineno}"
        for call in calls(tree, SPEAKING)
        if id(call) not in unseen and not _speaks(call)
    ]


def _speaks(call):
    # The message is the only place of those that require, and the third of a range.
    has_own = len(call.args) > (0 if name_of(call).endswith("Required") else 2)
    return has_own or any(keyword.arg == "message" for keyword in call.keywords)


def test_every_error_of_a_field_tells_what_to_do(modules):
    found = {
        path: {e for e in errors(tree) if not CURE.search(e)} for path, tree in modules.items()
    }
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_no_field_is_answered_in_the_words_of_the_library(modules):
    # What programs send is answered by codes, which have their sentences in mailer/api/words.py.
    typed = {path: tree for path, tree in modules.items() if not path.startswith("mailer/api/")}
    found = {path: silent(tree) for path, tree in typed.items()}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ('raise ValidationError(_("Ce champ est faux."))', {"Ce champ est faux."}),
        ('raise ValidationError(_("Choisissez un jour."))', set()),
        ('self.day.errors = [_("Non.")]', {"Non."}),
        ('StringField("x", [Length(max=3, message=_("Trop long"))])', {"Trop long"}),
    ],
)
def test_an_error_without_a_cure_is_found(source, wrong):
    assert helpless(ast.parse(source)) == wrong


def test_a_validator_without_words_is_found_where_somebody_types():
    assert silent(ast.parse('StringField("x", [Length(max=3)])')) == ["Length, line 1"]
    assert silent(ast.parse("Field(widget=HiddenInput(), validators=[InputRequired()])")) == []
