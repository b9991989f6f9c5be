"""A theme's templates, before they are run: no call but of macros, no address, no script."""

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from mailer.newsletters.themes.refusals import Refusal, Rule, line_of

DEEPEST_LOOPS = 2
PATTERNS = (
    (Rule.SCRIPT, re.compile(r"<script|javascript:|vbscript:|\son[a-z]+\s*=", re.IGNORECASE)),
    (
        Rule.FORM,
        re.compile(
            r"<(?:form|input|button|select|textarea|iframe|object|embed|link|base)\b", re.IGNORECASE
        ),
    ),
    (
        Rule.REMOTE,
        re.compile(
            r"""(?:src|href|background|srcset)\s*=\s*["']?\s*(?:https?:)?//|url\(""", re.IGNORECASE
        ),
    ),
    (Rule.MARKUP, re.compile(r"<style|data-premailer|\|\s*safe|autoescape", re.IGNORECASE)),
)


def refusals(name: str, source: str, environment: Environment) -> Iterator[Refusal]:
    """What is wrong in the template."""
    for rule, pattern in PATTERNS:
        for found in pattern.finditer(source):
            yield Refusal(rule, name, line_of(source, found.start()), found[0].strip())
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as wrong:
        yield Refusal(Rule.SYNTAX, name, wrong.lineno, str(wrong.message))
        return
    yield from _nodes(name, tree, environment)
    yield from _loops(name, tree, 0)


def _nodes(name: str, tree: nodes.Template, environment: Environment) -> Iterator[Refusal]:
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name):
            yield Refusal(Rule.CALL, name, call.lineno, "only macros are called")
    for each in tree.find_all(nodes.Filter):
        if each.name not in environment.filters:
            yield Refusal(Rule.FILTER, name, each.lineno, each.name)
    for test in tree.find_all(nodes.Test):
        if test.name not in environment.tests:
            yield Refusal(Rule.FILTER, name, test.lineno, test.name)
    for attribute in tree.find_all(nodes.Getattr):
        if attribute.attr.startswith("_"):
            yield Refusal(Rule.PRIVATE_NAME, name, attribute.lineno, attribute.attr)


def _loops(name: str, node: nodes.Node, depth: int) -> Iterator[Refusal]:
    for child in node.iter_child_nodes():
        deeper = depth + isinstance(child, nodes.For)
        if isinstance(child, nodes.For) and deeper > DEEPEST_LOOPS:
            yield Refusal(Rule.NESTED_LOOPS, name, child.lineno)
        yield from _loops(name, child, deeper)
