"""Who may import whom: the contracts of setup.cfg, run as a test."""

from contextlib import chdir

from importlinter.cli import lint_imports


def test_imports_keep_to_the_contracts(root, capsys):
    with chdir(root):
        status = lint_imports(no_cache=True, no_logo=True)

    assert status == 0, capsys.readouterr().out
