"""The routes of the program compiled once a run, not once a test: each app has the same ones.

What Werkzeug writes for a rule took nine tenths of the time to make an app.
"""

from collections.abc import Callable

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]

_made: dict[tuple[object, ...], Builder] = {}
_compile = Rule._compile_builder


def _once(rule: Rule, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002 - theirs
    # All that goes into the code of the builder.
    key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
    if key not in _made:
        _made[key] = _compile(rule, append_unknown)
    return _made[key]


def install() -> None:
    """Keep what was compiled from now on."""
    Rule._compile_builder = _once
