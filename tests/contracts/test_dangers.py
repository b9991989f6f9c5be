"""What could run, guess or break something stands only where a reason is written beside it."""

import ast
import re
from pathlib import Path

import pytest

# What runs code or programs, or brings objects to life from bytes.
RUNS = {
    "subprocess": {
        "mailer/backups/dumps.py": "programs of PostgreSQL, without a shell, with paths of ours",
        "mailer/cli/bench.py": "our own interpreter and module",
        "mailer/cli/bench_restore.py": "our own interpreter and module",
        "mailer/cli/bench_site.py": "our own interpreter and module",
        "mailer/cli/serving.py": "our own interpreter and module",
    },
    "random": {
        "mailer/demo/campaigns.py": "invented data, the same at each start",
        "mailer/demo/growth.py": "invented data, the same at each start",
        "mailer/demo/people.py": "invented data, the same at each start",
        "mailer/demo/returns.py": "invented data, the same at each start",
    },
}
NEVER = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "ctypes", "cffi", "telnetlib"}
CALLS = {
    "exec": {"mailer/settings.py": "the operator’s own file of settings"},
    "compile": {"mailer/settings.py": "the operator’s own file of settings"},
}
NEVER_CALLED = {"eval", "__import__", "system", "popen", "unsafe_load", "md5", "ECB", "mktemp"}
# SHA-1 and PKCS #1 v1.5 are other people’s, and sign nothing that they could not sign otherwise.
WEAK = {
    "SHA1": {"mailer/bounces/signatures_sns.py": "version 1 of the signatures of Amazon SNS"},
    "PKCS1v15": {
        "mailer/bounces/signatures_sns.py": "signatures of Amazon SNS; nothing is encrypted by it",
        "mailer/mail/dkim.py": "RFC 6376, 3.3.1; nothing is encrypted by it",
    },
}

# Text of SQL that is put together: from constants and names of parameters, never from a value.
COMPOSED = {
    "mailer/backups/dumps.py": "names of our own tables, quoted",
    "mailer/backups/restoring.py": "the constant name of a mark",
    "mailer/consent/standings.py": "a constant condition",
    "mailer/db.py": "the constant pragmas",
    "mailer/ddl.py": "names of tables in migrations",
    "mailer/mail/windows.py": "as many numbered parameters as rows",
    "mailer/web/counters.py": "as many numbered parameters as rows",
}

# Patterns that are put together while the program runs.
PATTERNS = {
    "mailer/api/fields.py": "constants of the schemas",
    "mailer/consent/linter.py": "the name of the house, escaped",
    "mailer/consent/citations.py": "a constant of the module",
    "mailer/consent/fields.py": "a constant of the module",
    "mailer/delivery/utm.py": "addresses of the letter, escaped",
    "mailer/newsletters/sections.py": "words of an editor, escaped",
    "mailer/newsletters/typography.py": "constants of the module",
    "mailer/subscriptions/segments/reading.py": "words of the grammar, escaped",
}
STORES = re.compile(r"(?:local|session)Storage|indexedDB|document\.cookie")
# A property whose name comes from elsewhere could be `__proto__`.
NAMED = re.compile(r"[\w.]+\[(?![\"'\d])[^\]]+\]\s*=[^=>]")


@pytest.fixture(scope="module")
def trees():
    root = Path(__file__).parents[2]
    return {
        str(path.relative_to(root)): ast.parse(path.read_text())
        for path in root.glob("mailer/**/*.py")
    }


def imported(tree):
    """The first name of every module that is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def called(tree):
    """The last name of everything that is called: `eval`, `os.system`; `re.compile` has its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr if node.func.attr != "compile" else "re.compile"


def places(trees, names, found):
    return {name: {path for path, tree in trees.items() if name in found(tree)} for name in names}


def test_programs_are_run_and_dice_are_thrown_where_a_reason_is_written(trees):
    assert places(trees, RUNS, imported) == {name: set(where) for name, where in RUNS.items()}


def test_no_bytes_become_objects_and_no_memory_is_handled_by_hand(trees):
    assert {path for path, tree in trees.items() if NEVER & set(imported(tree))} == set()


def test_code_is_run_from_the_file_of_settings_alone(trees):
    assert places(trees, CALLS, called) == {name: set(where) for name, where in CALLS.items()}
    assert {path for path, tree in trees.items() if NEVER_CALLED & set(called(tree))} == set()


def test_no_shell_reads_a_command(trees):
    shells = {
        f"{path}:{node.lineno}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "shell"
    }

    assert shells == set()


def test_what_is_weak_serves_only_what_others_ask_for(trees):
    assert places(trees, WEAK, called) == {name: set(where) for name, where in WEAK.items()}


def test_one_module_encrypts_and_has_one_cipher(trees):
    ciphers = "cryptography.hazmat.primitives.ciphers"
    taken = {
        (path, f"{node.module}.{name.name}")
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(ciphers)
        for name in node.names
    }

    assert taken == {("mailer/aead.py", f"{ciphers}.aead.AESGCM")}


def test_every_statement_of_sql_has_its_values_beside_it(trees):
    made = {
        path
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"text", "execute", "xpath"}
        and node.args
        and is_put_together(node.args[0])
    }

    assert made == set(COMPOSED)


def is_put_together(node):
    formatted = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format"
    return formatted or isinstance(node, ast.JoinedStr | ast.BinOp)


def test_patterns_are_put_together_where_a_reason_is_written(trees):
    made = {
        path
        for path, tree in trees.items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "re"
        and node.func.attr != "escape"
        and not isinstance(node.args[0], ast.Constant)
    }

    assert made == set(PATTERNS)


def test_no_template_writes_a_script(root):
    scripts = {
        str(path.relative_to(root))
        for path in root.glob("templates/**/*.html")
        for tag in re.findall(r"<script\b[^>]*>", path.read_text())
        if "src=" not in tag
    }

    assert scripts == set()


def test_no_page_needs_what_browsers_gave_up(root):
    pages = [*root.glob("templates/**/*.html"), *root.glob("mailer/static/*.js")]
    given_up = re.compile(
        r"<(?:applet|embed|object|frameset|marquee|blink)\b|document\.write", re.IGNORECASE
    )

    assert len(pages) > 100
    assert [str(page) for page in pages if given_up.search(page.read_text())] == []


@pytest.fixture
def scripts(root):
    """The scripts of ours, without those that were taken in."""
    files = root.glob("mailer/static/*.js")
    return {file.name: file.read_text() for file in files if file.name != "htmx.min.js"}


def test_a_browser_keeps_a_preference_and_nothing_else(scripts):
    assert {name for name, text in scripts.items() if STORES.search(text)} == {"shortcuts.js"}
    kept = re.findall(r"setItem\((.*)\);", scripts["shortcuts.js"])
    assert kept == ['STORED, isOn() ? "off" : "on"']


def test_no_script_of_ours_writes_by_a_name_that_came_in(scripts):
    named = {name: NAMED.findall(text) for name, text in scripts.items() if NAMED.search(text)}

    # The names of the component's own fields.
    assert named == {"ml-subscribe.js": ["this.wrong[name] = "]}
