"""Where templates from elsewhere run: on the letter's data, with our filters alone."""

from collections.abc import Callable, Mapping

from jinja2 import BaseLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

# Of Jinja's own, those that neither repeat a text nor reach into an object by name.
FILTERS = ("default", "escape", "e", "first", "float", "int", "join", "last", "length", "lower")
FILTERS_TOO = ("min", "max", "replace", "round", "string", "trim", "upper")
TESTS = ("defined", "divisibleby", "even", "odd", "none", "string", "number", "sameas", "in", "eq")
# What multiplies a text or a number without bound.
REFUSED = frozenset({"*", "**"})
LARGEST_PRODUCT = 10_000_000


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja that calls macros and nothing else, and sees no name that begins with a line."""

    intercepted_binops = REFUSED

    def __init__(self, loader: BaseLoader, filters: Mapping[str, Callable[..., object]]) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        kept = {name: self.filters[name] for name in (*FILTERS, *FILTERS_TOO)}
        self.filters = kept | dict(filters)
        self.tests = {name: self.tests[name] for name in TESTS}
        self.globals = {}

    def is_safe_callable(self, obj: object) -> bool:
        """Only the macros of the theme and of ours are called."""
        return isinstance(obj, Macro)

    def call_binop(self, _context: object, operator: str, left: object, right: object) -> object:
        """A product of two numbers, of a size that a letter can have."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or not numbers or abs(left * right) > LARGEST_PRODUCT:  # type: ignore[operator]
            raise SecurityError(f"{operator} is not for themes")
        return left * right  # type: ignore[operator]
